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
    if (!at.routes.has(method)) at.routes.set(method, { target, names });
  }

  /** The route of a method. Literal segments match without regard to case. @param segments Of the path, decoded. */
  find(method: string, segments: readonly string[]): Found<Target> | undefined {
    const route = visit(this.#root, segments, 0, (routes) => routes.get(method));
    if (!route) return undefined;
    const values: Record<string, string> = {};
    for (const [index, name] of route.names.entries())
      if (name.startsWith('{')) values[name.slice(1, -1)] = segments[index] ?? '';
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
  /** The segments of the path as it was added. */
  readonly names: readonly string[];
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
  for (const key of segment === '' ? [''] : [segment.toLowerCase(), parameter]) {
    const next = at.next.get(key);
    const found = next && visit(next, segments, index + 1, read);
    if (found) return found;
  }
  return undefined;
}
