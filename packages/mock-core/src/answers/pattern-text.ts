import type { Random } from './random.ts';

/** The characters that made-up text consists of where a pattern allows more. */
const characters = [...'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ .:/-_#%'];

/** How often something repeats that can repeat for ever. */
const most = 3;

/** Writes text that is different each time. */
export type Writer = (random: Random) => string;

/**
 * What writes text that matches a pattern. It knows what patterns of the description consist of: literals, classes, groups with
 * alternatives, quantifiers and anchors.
 *
 * @throws {SyntaxError} where a pattern has anything else.
 */
export function writerOf(pattern: string): Writer {
  let at = 0;

  /** Alternatives up to the end of the pattern or of the group. */
  function alternatives(): Writer {
    const options = [sequence()];
    while (pattern[at] === '|') {
      at++;
      options.push(sequence());
    }
    return (random) => random.pick(options)(random);
  }

  function sequence(): Writer {
    const parts: Writer[] = [];
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') parts.push(quantified(atom()));
    return (random) => parts.map((part) => part(random)).join('');
  }

  function atom(): Writer {
    const character = pattern[at++] ?? '';
    if (character === '^' || character === '$') return () => '';
    if (character === '(') {
      const [, lead = ''] = /^(\?:|\?.)/.exec(pattern.slice(at)) ?? [];
      if (lead !== '' && lead !== '?:') throw new SyntaxError(`The pattern ${pattern} has a group that is not known.`);
      at += lead.length;
      const inner = alternatives();
      at++;
      return inner;
    }
    if (character === '[') {
      const end = /^\^?\]?(?:\\.|[^\]\\])*/.exec(pattern.slice(at))?.[0].length ?? 0;
      const source = pattern.slice(at - 1, at + end + 1);
      at += end + 1;
      return oneOf(source);
    }
    if (character === '\\') return oneOf(`\\${pattern[at++]}`);
    return character === '.' ? oneOf('.') : () => character;
  }

  function oneOf(source: string): Writer {
    const matching = new RegExp(`^${source}$`, 'u');
    const [literal = ''] = /^\\(\W)$/.exec(source)?.slice(1) ?? [];
    const known = literal ? [literal] : characters.filter((character) => matching.test(character));
    return (random) => random.pick(known);
  }

  function quantified(part: Writer): Writer {
    const [text = '', , from, comma, to] = /^(\?|\*|\+|\{(\d+)(,)?(\d+)?\})\??/.exec(pattern.slice(at)) ?? [];
    if (text === '') return part;
    at += text.length;
    const least = from === undefined ? Number(text.startsWith('+')) : Number(from);
    const greatest = to ?? (text.startsWith('?') ? 1 : from !== undefined && !comma ? from : least + most);
    return (random) =>
      Array.from({ length: least + random.below(Number(greatest) - least + 1) }, () => part(random)).join('');
  }

  return alternatives();
}
