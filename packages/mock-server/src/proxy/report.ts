import type { Difference, Judgement } from '@comm100-openapi/mock-core';

/** How many different lines a report has, and how many operations it names as seen. */
const most = 2000;

/** What was seen of a service: each difference once, with how often it occurred, and what is as described. */
export class Report {
  readonly #target: string;
  readonly #differences = new Map<string, number>();
  readonly #asDescribed = new Map<string, number>();
  #exchanges = 0;
  #left = 0;

  constructor(target: string) {
    this.#target = target;
  }

  /** Adds an exchange. @param lines Its differences. @returns The lines that are new. */
  add({ operation }: Judgement, status: number, lines: readonly string[]): string[] {
    this.#exchanges++;
    if (lines.length === 0 && operation) count(this.#asDescribed, `${nameOf(operation)} ${status}`);
    return lines.filter((line) => {
      const isNew = !this.#differences.has(line);
      if (isNew && this.#differences.size >= most) this.#left++;
      else count(this.#differences, line);
      return isNew;
    });
  }

  /** The report as text, sorted, so that two of them can be compared. */
  toString(): string {
    const [differences, asDescribed] = [sorted(this.#differences), sorted(this.#asDescribed)];
    return [
      `${this.#target} compared with the description, in ${this.#exchanges} requests`,
      '',
      `Differences: ${differences.length || 'none'}`,
      ...differences,
      ...(this.#left > 0 ? [`  and ${this.#left} more, which were not kept`] : []),
      '',
      `As described: ${asDescribed.length || 'none'}`,
      ...asDescribed,
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

function count(counts: Map<string, number>, line: string): void {
  counts.set(line, (counts.get(line) ?? 0) + 1);
}

/** Lines with how often each occurred, in an order that does not depend on when. */
function sorted(counts: ReadonlyMap<string, number>): string[] {
  return [...counts.keys()].sort().map((line) => `  ${line}${counts.get(line) === 1 ? '' : `  ×${counts.get(line)}`}`);
}
