/** Routes by method and path: a tree of segments, in which literal segments go before parameters. */
export class Router<Target> {
  readonly #root: Branch<Target> = branch();

  /** @param path With parameters in braces: `/departments/{id}`. A route that exists is kept. */
  add(method: string, path: string, target: Target): void {
    const parameters: [string, number][] = [];
    let at = this.#root;
    for (const [index, segment] of path.split('/').slice(1).entries()) {
      const name = /^\{(.+)\}$/.exec(segment)?.[1];
      if (name !== undefined) {
        parameters.push([name, index]);
        at.parameter ??= branch();
        at = at.parameter;
        continue;
      }
      const literal = segment.toLowerCase();
      const next = at.literals.get(literal) ?? branch();
      at.literals.set(literal, next);
      at = next;
    }
    if (!at.routes.has(method)) at.routes.set(method, { target, parameters });
  }

  /** The route of a method. Literal segments match without regard to case. @param segments Of the path, decoded. */
  find(method: string, segments: readonly string[]): Found<Target> | undefined {
    const route = visit(this.#root, segments, 0, (routes) => routes.get(method));
    if (!route) return undefined;
    const values: Record<string, string> = {};
    for (const [name, index] of route.parameters) values[name] = segments[index] ?? '';
    return { target: route.target, values };
  }

  /** The methods that some route of a path has. */
  methods(segments: readonly string[]): Set<string> {
    const found = new Set<string>();
    visit(this.#root, segments, 0, (routes) => {
      for (const method of routes.keys()) found.add(method);
      return undefined;
    });
    return found;
  }
}

export interface Found<Target> {
  readonly target: Target;
  /** The values of the path's parameters, decoded. */
  readonly values: Readonly<Record<string, string>>;
}

interface Route<Target> {
  readonly target: Target;
  /** The names of the path's parameters, and which segments they are. */
  readonly parameters: readonly [name: string, index: number][];
}

interface Branch<Target> {
  readonly literals: Map<string, Branch<Target>>;
  parameter: Branch<Target> | undefined;
  /** The routes that end here, by method. */
  readonly routes: Map<string, Route<Target>>;
}

function branch<Target>(): Branch<Target> {
  return { literals: new Map(), parameter: undefined, routes: new Map() };
}

/** What `read` finds at the ends of the tree that a path leads to, the most literal first. */
function visit<Target>(
  at: Branch<Target>,
  segments: readonly string[],
  index: number,
  read: (routes: Branch<Target>['routes']) => Route<Target> | undefined,
): Route<Target> | undefined {
  const segment = segments[index];
  if (segment === undefined) return read(at.routes);
  const literal = at.literals.get(segment.toLowerCase());
  const found = literal && visit(literal, segments, index + 1, read);
  if (found || !at.parameter || segment === '') return found;
  return visit(at.parameter, segments, index + 1, read);
}
