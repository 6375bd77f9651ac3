/** Routes by method and path: a tree of segments, in which literal segments go before parameters. */
export class Router<Target> {
  readonly #root: Branch<Target> = branch();

  /** @param path With parameters in braces: `/departments/{id}`. A route that exists is kept. */
  add(method: string, path: string, target: Target): void {
    const names: string[] = [];
    let at = this.#root;
    for (const segment of path.split('/').slice(1)) {
      const name = /^\{(.+)\}$/.exec(segment)?.[1];
      if (name !== undefined) {
        names.push(name);
        at.parameter ??= branch();
        at = at.parameter;
        continue;
      }
      const literal = segment.toLowerCase();
      const next = at.literals.get(literal) ?? branch();
      at.literals.set(literal, next);
      at = next;
    }
    if (!at.routes.has(method)) at.routes.set(method, { target, names });
  }

  /** The route of a method. Literal segments match without regard to case. @param segments Of the path, decoded. */
  find(method: string, segments: readonly string[]): Found<Target> | undefined {
    let found: Found<Target> | undefined;
    visit(this.#root, segments, 0, [], (routes, values) => {
      const route = routes.get(method);
      if (!route) return false;
      const entries = route.names.map((name, index): [string, string] => [name, values[index] ?? '']);
      found = { target: route.target, values: Object.fromEntries(entries) };
      return true;
    });
    return found;
  }

  /** The methods that some route of a path has. */
  methods(segments: readonly string[]): Set<string> {
    const found = new Set<string>();
    visit(this.#root, segments, 0, [], (routes) => {
      for (const method of routes.keys()) found.add(method);
      return false;
    });
    return found;
  }
}

export interface Found<Target> {
  readonly target: Target;
  /** The values of the path's parameters, decoded. */
  readonly values: Readonly<Record<string, string>>;
}

interface Branch<Target> {
  readonly literals: Map<string, Branch<Target>>;
  parameter: Branch<Target> | undefined;
  /** The routes that end here, by method. */
  readonly routes: Map<string, { readonly target: Target; readonly names: readonly string[] }>;
}

function branch<Target>(): Branch<Target> {
  return { literals: new Map(), parameter: undefined, routes: new Map() };
}

/** Visits the ends of the tree that a path leads to, the most literal first, until `stop` returns true. */
function visit<Target>(
  at: Branch<Target>,
  segments: readonly string[],
  index: number,
  values: readonly string[],
  stop: (routes: Branch<Target>['routes'], values: readonly string[]) => boolean,
): boolean {
  const segment = segments[index];
  if (segment === undefined) return stop(at.routes, values);
  const literal = at.literals.get(segment.toLowerCase());
  if (literal && visit(literal, segments, index + 1, values, stop)) return true;
  return (
    at.parameter !== undefined && segment !== '' && visit(at.parameter, segments, index + 1, [...values, segment], stop)
  );
}
