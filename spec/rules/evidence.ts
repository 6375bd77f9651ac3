import { faultOf } from '../lib/sentences.ts';
import type { Node } from '../lib/values.ts';
import { eachObject } from './lib/nodes.ts';
import type { Context, Rule } from './lib/redocly.ts';

const kinds = ['documented', 'sample', 'inferred', 'contradicted'];
const longest = 300;

/** What is not plainly documented is marked, with the reason. `documented` may be written where a reader could doubt it. */
export const evidence: Rule = () => eachObject(check);

function check(node: Node, context: Context, at: Context['location']): void {
  const report = (keyword: string, message: string) =>
    context.report({ message: `${keyword} ${message}`, location: at.child(keyword) });
  const { 'x-evidence': kind, 'x-evidence-note': note } = node;

  if (kind !== undefined && !kinds.includes(String(kind))) {
    report(
      'x-evidence',
      `is '${kind}'. Use 'documented' for what a document states, 'sample' for what only a sample shows, 'inferred' for what we concluded, 'contradicted' where the documents contradict each other.`,
    );
  }
  if (kind !== undefined && kind !== 'documented' && note === undefined) {
    report('x-evidence', 'has no x-evidence-note beside it. Add a sentence that says what the reader should know.');
  }
  if (note === undefined) return;
  if (kind === undefined) {
    report('x-evidence-note', `has no x-evidence beside it. Add one of ${kinds.join(', ')}, or remove the note.`);
  }
  const fault = faultOf(note);
  if (fault) report('x-evidence-note', `${fault}. Write a whole sentence.`);
  const length = String(note).trim().length;
  if (length > longest) {
    report(
      'x-evidence-note',
      `has ${length} characters, and at most ${longest} are allowed. Keep what the reader should know.`,
    );
  }
}
