/** How many remarks a response has, and how much text of a request is quoted in one, in characters. */
const most = 20;
const longest = 100;

/** What was not spelt as documented: short remarks, each once. */
export class Remarks {
  readonly list: string[] = [];

  /** Adds a remark, which is written only while there is room for it. */
  add(write: () => string): void {
    if (this.list.length >= most) return;
    const remark = write();
    if (!this.list.includes(remark)) this.list.push(remark);
  }

  /** Text of a request, cut to a length that a header and a log can have. */
  quote(text: string): string {
    return text.length > longest ? `${text.slice(0, longest)}…` : text;
  }
}
