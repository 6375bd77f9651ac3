/** How many remarks a response has. */
const most = 20;

/** What was not spelt as documented: short remarks, each once. */
export class Remarks {
  readonly list: string[] = [];

  /** Adds a remark, which is written only while there is room for it. */
  add(write: () => string): void {
    if (this.list.length >= most) return;
    const remark = write();
    if (!this.list.includes(remark)) this.list.push(remark);
  }
}

/** Text of a request, cut to a length that a header and a log can have. @param most In characters. */
export function short(text: string, most = 100): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
