/** Stands for a parameter among the segments of a route. */
const parameter = '{}';

/** Routes by method and path: a tree of segments, in which literal segments go before parameters. */
export class Router<Target> {
  readonly #root: Branch<Target> = { next: new Map(), routes: new Map() };

  /** @param path With parameters in braces: `/departments/{id}`. A route that exists is kept. */
  add(method: string, path: string, target: Target): void {
    const names = path.split('/').slice(1);
    let at = this.#root;
    for (const name of names) {
      const key = name.startsWith('{') ? parameter : name.toLowerCase();
      const next = at.next.get(key) ?? { next: new Map(), routes: new Map() };
      at.next.set(key, next);
      at = next;
    }
    const parameters = names.flatMap((name, index) =>
      name.startsWith('{') ? [[name.slice(1, -1), index] as const] : [],
    );
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
  readonly parameters: readonly (readonly [name: string, index: number])[];
}

interface Branch<Target> {
  /** By a literal segment in lower case, or for a parameter. */
  readonly next: Map<string, Branch<Target>>;
  /** The routes that end here, by method. */
  readonly routes: Map<string, Route<Target>>;
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
  const literal = at.next.get(segment.toLowerCase());
  const found = literal && visit(literal, segments, index + 1, read);
  const other = segment === '' ? undefined : at.next.get(parameter);
  return found ?? (other && visit(other, segments, index + 1, read));
}
