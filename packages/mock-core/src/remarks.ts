/** How many remarks a response has, and how much text of a request is quoted in one, in characters. */
const most = 20;
const longest = 100;

/** What was not spelt as documented: short remarks, each once. */
export class Remarks {
  readonly #all = new Set<string>();

  /** Adds a remark, which is written only while there is room for it. */
  add(write: () => string): void {
    if (this.#all.size < most) this.#all.add(write());
  }

  get list(): readonly string[] {
    return [...this.#all];
  }

  /** Text of a request, cut to a length that a header and a log can have. */
  quote(text: string): string {
    return text.length > longest ? `${text.slice(0, longest)}…` : text;
  }
}
