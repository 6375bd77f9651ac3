import type { Remarks } from '@comm100-openapi/description';
import { faultOf } from '../lib/sentences.ts';
import { isNode, type Node } from '../lib/values.ts';

/** Takes note of a problem and of where it is. */
type Say = (place: string, problem: string) => void;

/** What an entry of the map may say. Anything else is a slip of the pen. */
const words = {
  map: ['general', 'unchanged', 'operations', 'schemas'],
  general: ['topic', 'title', 'from', 'to', 'evidence', 'reason'],
  operation: ['from', 'to', 'gone', 'instead', 'same', 'note', 'evidence', 'reason', 'parameters', 'answer'],
  schema: ['from', 'to', 'gone', 'same', 'rest', 'note', 'evidence', 'reason', 'fields'],
  move: ['to', 'gone', 'change', 'values', 'evidence', 'reason'],
  answer: ['to', 'gone', 'change', 'evidence', 'reason'],
} as const;

const sentences = ['note', 'change', 'gone', 'reason'];

export function namesIn(value: unknown): string[] {
  return [value ?? []].flat().map(String);
}

/** Takes an entry as it is written and holds it to what an entry of its kind may say. */
export function take(value: unknown, kind: keyof typeof words, place: string, say: Say): Node {
  if (!isNode(value)) {
    say(place, 'is not an entry');
    return {};
  }
  for (const key of Object.keys(value)) {
    if (!words[kind].some((word) => word === key)) say(place, `has an unknown key ${key}`);
  }
  for (const key of kind === 'general' ? [...sentences, 'from', 'to'] : sentences) {
    const fault = key in value ? faultOf(value[key]) : undefined;
    if (fault) say(`${place}.${key}`, fault);
  }
  if ('evidence' in value && value.evidence !== 'inferred') say(`${place}.evidence`, 'can only be inferred');
  if ('evidence' in value !== 'reason' in value) say(place, 'has one of evidence and reason without the other');
  const mapped = ['to', 'same', 'rest', 'change', 'values', 'parameters', 'fields', 'answer'];
  if ('gone' in value && kind !== 'general' && mapped.some((key) => key in value))
    say(place, 'is both mapped and gone');
  const is = kind === 'answer' ? ['to', 'gone', 'change'] : ['to', 'gone'];
  if (['operation', 'move', 'answer'].includes(kind) && !is.some((key) => key in value)) {
    say(place, 'is neither mapped nor gone');
  }
  return value;
}

/** The entry of a parameter or member, which may be no more than the name that it leads to. */
export function takeMove(value: unknown, place: string, say: Say): Node {
  return take(typeof value === 'string' || Array.isArray(value) ? { to: value } : value, 'move', place, say);
}

/** What an entry says beside where it leads. */
export function remarks({ gone, note, change, evidence, reason }: Node): Remarks {
  return {
    ...(typeof gone === 'string' && { gone }),
    ...(typeof note === 'string' && { note }),
    ...(typeof change === 'string' && { change }),
    ...(evidence === 'inferred' && { evidence }),
    ...(typeof reason === 'string' && { reason }),
  };
}
