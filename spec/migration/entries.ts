import type { Remarks } from '@comm100-openapi/description';
import { faultOf } from '../lib/sentences.ts';
import { isNode, type Node } from '../lib/values.ts';

/** Adds a problem, and the place where it is. */
type Report = (place: string, problem: string) => void;

/** The keys that an entry of the map may have. Any other is a mistake. */
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

/** Reads an entry as it is written, and reports what an entry of its kind may not have. */
export function readEntry(value: unknown, kind: keyof typeof words, place: string, report: Report): Node {
  if (!isNode(value)) {
    report(place, 'is not an entry');
    return {};
  }
  for (const key of Object.keys(value)) {
    if (!words[kind].some((word) => word === key)) report(place, `has an unknown key ${key}`);
  }
  for (const key of kind === 'general' ? [...sentences, 'from', 'to'] : sentences) {
    const fault = key in value ? faultOf(value[key]) : undefined;
    if (fault) report(`${place}.${key}`, fault);
  }
  if ('evidence' in value && value.evidence !== 'inferred') report(`${place}.evidence`, 'can only be inferred');
  if ('evidence' in value !== 'reason' in value) report(place, 'has only one of evidence and reason');
  const mapped = ['to', 'same', 'rest', 'change', 'values', 'parameters', 'fields', 'answer'];
  if ('gone' in value && kind !== 'general' && mapped.some((key) => key in value))
    report(place, 'is both mapped and removed');
  const is = kind === 'answer' ? ['to', 'gone', 'change'] : ['to', 'gone'];
  if (['operation', 'move', 'answer'].includes(kind) && !is.some((key) => key in value)) {
    report(place, 'is neither mapped nor removed');
  }
  return value;
}

/** The entry of a parameter or field, which may be only the name that it is mapped to. */
export function readMove(value: unknown, place: string, report: Report): Node {
  return readEntry(typeof value === 'string' || Array.isArray(value) ? { to: value } : value, 'move', place, report);
}

/** What an entry has apart from where it is mapped to. */
export function remarks({ gone, note, change, evidence, reason }: Node): Remarks {
  return {
    ...(typeof gone === 'string' && { gone }),
    ...(typeof note === 'string' && { note }),
    ...(typeof change === 'string' && { change }),
    ...(evidence === 'inferred' && { evidence }),
    ...(typeof reason === 'string' && { reason }),
  };
}
