import type { Difference, Judgement } from '@comm100-openapi/mock-core';

/** How many different lines a report has, and how many operations it names as seen. */
const most = 2000;

interface Counted {
  readonly first: Date;
  count: number;
}

/** What was seen of a service: each difference once, with how often it occurred, and what is as described. */
export class Report {
  readonly #target: string;
  readonly #differences = new Map<string, Counted>();
  readonly #asDescribed = new Map<string, number>();
  #exchanges = 0;
  #left = 0;

  constructor(target: string) {
    this.#target = target;
  }

  /** Adds an exchange. @param lines Its differences. @returns The lines that are new. */
  add({ operation }: Judgement, status: number, lines: readonly string[], at: Date): string[] {
    this.#exchanges++;
    if (lines.length === 0 && operation) {
      const key = `${nameOf(operation)} ${status}`;
      this.#asDescribed.set(key, (this.#asDescribed.get(key) ?? 0) + 1);
    }
    return lines.filter((line) => {
      const known = this.#differences.get(line);
      if (known) known.count++;
      else if (this.#differences.size < most) this.#differences.set(line, { first: at, count: 1 });
      else this.#left++;
      return !known;
    });
  }

  /** The report as text, sorted, so that two of them can be compared. */
  toString(): string {
    const differences = [...this.#differences].sort(byName).map(([line, { count }]) => `${line}${times(count)}`);
    const asDescribed = [...this.#asDescribed].sort(byName).map(([name, count]) => `${name}${times(count)}`);
    return [
      `${this.#target} compared with the description, in ${this.#exchanges} requests`,
      '',
      `Differences: ${differences.length || 'none'}`,
      ...differences.map((line) => `  ${line}`),
      ...(this.#left > 0 ? [`  and ${this.#left} more, which were not kept`] : []),
      '',
      `As described: ${asDescribed.length || 'none'}`,
      ...asDescribed.map((line) => `  ${line}`),
      '',
    ].join('\n');
  }
}

/** A difference in one line: `2.0 getDepartment response 200: unknown field 'color', a string`. */
export function lineOf({ operation }: Judgement, { kind, in: place, text }: Difference, status: number): string {
  const subject = operation ? `${nameOf(operation)} ${place}${place === 'response' ? ` ${status}` : ''}` : 'request';
  return `${subject}: ${kind}: ${text}`;
}

function nameOf({ document, id }: NonNullable<Judgement['operation']>): string {
  return `${document.info.version} ${id}`;
}

function times(count: number): string {
  return count === 1 ? '' : `  ×${count}`;
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}
