/** What a custom metric reads of a chat: the value of a field such as `Prechat.Department`; empty where it has none. */
export type FieldOf = (field: string) => string;

/**
 * The value of the expression of a custom metric over the chats of today, such as
 * `Compute("count({!Prechat.Department})","{!Prechat.Department}='Sales'")/Compute("count({!Prechat.Name})","true")`.
 *
 * The samples show only this much of the language, and only this much is read: `Compute` of a `count`, conditions with
 * `=`, `<>`, `and` and `or`, numbers, `+ - * /` and parentheses. A count counts the chats that the condition holds for.
 *
 * @returns 0 where it divides by 0 or cannot be read
 */
export function evaluate(expression: string, chats: readonly FieldOf[]): number {
  const tokens = [...expression.slice(0, longest).matchAll(token)].map(([text]) => text);
  const value = new Reader(tokens, chats).whole();
  return value !== undefined && Number.isFinite(value) ? value : 0;
}

const longest = 10_000;
const deepest = 50;
const token = /Compute\s*\(\s*"(?:\\.|[^"\\])*"\s*,\s*"(?:\\.|[^"\\])*"\s*\)|\d+(?:\.\d+)?|[^\s]/gi;

class Reader {
  readonly #tokens: readonly string[];
  readonly #chats: readonly FieldOf[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly string[], chats: readonly FieldOf[]) {
    this.#tokens = tokens;
    this.#chats = chats;
  }

  whole(): number | undefined {
    const value = this.#sum();
    return this.#next === this.#tokens.length ? value : undefined;
  }

  #sum(): number | undefined {
    let value = this.#product();
    for (let sign = this.#one('+', '-'); sign; sign = this.#one('+', '-')) {
      const next = this.#product();
      if (value === undefined || next === undefined) return undefined;
      value = sign === '+' ? value + next : value - next;
    }
    return value;
  }

  #product(): number | undefined {
    let value = this.#single();
    for (let sign = this.#one('*', '/'); sign; sign = this.#one('*', '/')) {
      const next = this.#single();
      if (value === undefined || next === undefined) return undefined;
      value = sign === '*' ? value * next : value / next;
    }
    return value;
  }

  #single(): number | undefined {
    if (this.#one('(')) {
      if (++this.#depth > deepest) return undefined;
      const value = this.#sum();
      this.#depth--;
      return this.#one(')') ? value : undefined;
    }
    const text = this.#tokens[this.#next++];
    if (text === undefined) return undefined;
    if (/^\d/.test(text)) return Number(text);
    return this.#compute(text);
  }

  #compute(text: string): number | undefined {
    const [, , condition = ''] = /^Compute\s*\(\s*"(\s*count\s*\(.*\)\s*)"\s*,\s*"(.*)"\s*\)$/is.exec(text) ?? [];
    const holds = conditionOf(condition);
    return holds ? this.#chats.filter(holds).length : undefined;
  }

  #one(...wanted: string[]): string | undefined {
    const text = this.#tokens[this.#next];
    if (text === undefined || !wanted.includes(text)) return undefined;
    this.#next++;
    return text;
  }
}

/** `{!Prechat.Department}='Sales' and {!Postchat.Rating}<>''`: `and` binds closer than `or`. */
function conditionOf(text: string): ((field: FieldOf) => boolean) | undefined {
  const alternatives = splitAt(text, 'or').map((part) => splitAt(part, 'and').map(comparisonOf));
  const isRead = alternatives.every((all) => all.every((each) => each !== undefined));
  return isRead ? (field) => alternatives.some((all) => all.every((each) => each?.(field))) : undefined;
}

function comparisonOf(text: string): ((field: FieldOf) => boolean) | undefined {
  if (/^\s*true\s*$/i.test(text)) return () => true;
  const [, name = '', sign, value = ''] = /^\s*\{!([^}]+)\}\s*(=|<>)\s*'([^']*)'\s*$/.exec(text) ?? [];
  return sign ? (field) => (field(name) === value) === (sign === '=') : undefined;
}

/** The parts of a text around a word, but not where it is within quotes. */
function splitAt(text: string, word: string): string[] {
  return text.split(new RegExp(`\\b${word}\\b(?=(?:[^']*'[^']*')*[^']*$)`, 'i'));
}
