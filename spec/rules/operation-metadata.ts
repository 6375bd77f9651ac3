import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { faultOf } from '../lib/sentences.ts';
import { isNode, isText, listOf, type Node } from '../lib/values.ts';
import { eachOperation } from './lib/operations.ts';
import type { Rule } from './lib/redocly.ts';

const permissions = Object.keys(read('permissions'));
const editions = Object.keys(read('editions'));

/** Every operation says what it does, where that is documented, and who may call it, in the documents' own terms. */
export const operationMetadata: Rule = () =>
  eachOperation(({ node, name, path, at }, context) => {
    // What a webhook sends needs no permission.
    const operation = path.startsWith('/') ? node : { 'x-permission': null, ...node };
    for (const { keyword, fault } of faults(operation)) {
      const location = keyword in node ? at.child(keyword) : at.key();
      context.report({ message: `${keyword} of ${name} ${fault}`, location });
    }
  });

function* faults(operation: Node): Generator<{ keyword: string; fault: string }> {
  const {
    summary,
    description,
    tags,
    'x-source': source,
    'x-permission': permission,
    'x-edition': edition,
  } = operation;
  if (!isText(summary))
    yield { keyword: 'summary', fault: "is missing. Describe it in a few words: 'List departments'." };
  const fault = faultOf(description);
  if (fault) yield { keyword: 'description', fault: `${fault}. Write whole sentences.` };
  if (listOf(tags).length !== 1) yield { keyword: 'tags', fault: 'is not one tag. Name the resource: [Departments].' };
  if (!isSource(source)) {
    const example = '{ document: v2/Livechat.md, heading: Get a list of departments }';
    yield { keyword: 'x-source', fault: `is not { document, heading }. Name where it is documented: ${example}.` };
  }
  if (permission === undefined) {
    yield {
      keyword: 'x-permission',
      fault: 'is missing. Name the permission, or write null where no document names one.',
    };
  } else if (permission !== null && !permissions.includes(String(permission))) {
    const fault = `is '${permission}', which no document names. Use one of spec/common/permissions.yaml: ${permissions.join(', ')}.`;
    yield { keyword: 'x-permission', fault };
  }
  if (edition !== undefined && !isEditions(edition)) {
    yield {
      keyword: 'x-edition',
      fault: `is not a list of editions. Use those of spec/common/editions.yaml: [${editions.join(', ')}].`,
    };
  }
}

function isSource(source: unknown): boolean {
  if (!isNode(source)) return false;
  return Object.keys(source).sort().join() === 'document,heading' && Object.values(source).every(isText);
}

function isEditions(value: unknown): boolean {
  const names = listOf(value);
  return names.length > 0 && names.every((it) => editions.includes(String(it))) && new Set(names).size === names.length;
}

function read(name: string): Record<string, string> {
  return parse(readFileSync(new URL(`../common/${name}.yaml`, import.meta.url), 'utf8'));
}
