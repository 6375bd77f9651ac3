/** What the guide of the typed client says, read from the source of the client: its types, its docstrings, its figures. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { codeBlock } from '../html/code.ts';
import { type Content, type Html, html, join } from '../html/html.ts';
import { inline } from '../html/markdown.ts';
import { table } from './shared.ts';

const SOURCES = [
  'client-core/src/client.ts',
  'client-core/src/errors.ts',
  'client-core/src/hosts.ts',
  'client-core/src/types.ts',
  'client-core/src/webhooks.ts',
  'client-v2/src/client.ts',
];

type Declaration = ts.InterfaceDeclaration | ts.ClassDeclaration | ts.VariableDeclaration | ts.TypeAliasDeclaration;

let known: Map<string, Declaration> | undefined;

/** The top-level declarations of the client by name, read once. */
function declarations(): Map<string, Declaration> {
  if (known) return known;
  known = new Map();
  for (const path of SOURCES) {
    const file = fileURLToPath(new URL(`../../../${path}`, import.meta.url));
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    for (const statement of source.statements) {
      const list = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [statement];
      for (const it of list) if (isDeclaration(it) && it.name) known.set(it.name.getText(), it);
    }
  }
  return known;
}

const isDeclaration = (node: ts.Node): node is Declaration =>
  ts.isInterfaceDeclaration(node) ||
  ts.isClassDeclaration(node) ||
  ts.isVariableDeclaration(node) ||
  ts.isTypeAliasDeclaration(node);

function declarationOf(name = ''): Declaration {
  const found = declarations().get(name);
  if (!found) throw new Error(`The source of the client has no "${name}".`);
  return found;
}

/** The docstring of a declaration, as Markdown; a link to a type is its name. */
function words(node: ts.Node): string {
  const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return plainLinks(ts.getTextOfJSDocComment(doc?.comment) ?? '');
}

function tag(node: ts.Node, name: string): string | undefined {
  const found = ts.getJSDocTags(node).find(({ tagName }) => tagName.text === name);
  return found && ts.getTextOfJSDocComment(found.comment);
}

const plainLinks = (text: string) => text.replace(/\{@link (\w+)\}/g, '`$1`');

/** An interface with what it extends, its own fields first. */
function membersOf(name: string): (ts.TypeElement | ts.ClassElement)[] {
  const node = declarations().get(name);
  if (!node || !(ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node))) return [];
  const parents = (node.heritageClauses ?? []).flatMap(({ types }) =>
    types.map(({ expression }) => expression.getText()),
  );
  const members = [...node.members, ...parents.flatMap(membersOf)].filter(({ name: own }) => own !== undefined);
  const documented = members.filter((member) => words(member) !== '' || tag(member, 'default') !== undefined);
  return documented.filter((member, at) => documented.findIndex((other) => nameOf(other) === nameOf(member)) === at);
}

const nameOf = (member: ts.TypeElement | ts.ClassElement) => member.name?.getText() ?? '';

/** The fields of some interfaces, each with its docstring and its default. */
export function fields(...names: string[]): Html {
  const members = names.flatMap((name) => {
    declarationOf(name);
    return membersOf(name);
  });
  const unique = members.filter((member, at) => members.findIndex((other) => nameOf(other) === nameOf(member)) === at);
  const hasDefaults = unique.some((member) => tag(member, 'default') !== undefined);
  return table(
    ['Name', 'What it does', ...(hasDefaults ? ['Default'] : [])],
    unique.map((member) => {
      const usual = tag(member, 'default');
      return [
        html`<code>${nameOf(member)}</code>`,
        inline(words(member)),
        ...(hasDefaults ? [usual !== undefined && html`<code>${usual}</code>`] : []),
      ];
    }),
  );
}

/** The docstring of a declaration, or of a field as `Interface.field`. */
export function docstring(name = ''): Content {
  return html`<p>${inline(words(memberOf(name)))}</p>`;
}

/** The example of a docstring, for a client that exists already. */
export function docExample(name = ''): Html {
  const text = tag(memberOf(name), 'example');
  if (text === undefined) throw new Error(`The docstring of "${name}" has no example.`);
  return codeBlock(text, 'ts');
}

function memberOf(name: string): ts.Node {
  const [owner = '', field] = name.split('.');
  const node = declarationOf(owner);
  if (field === undefined) return node;
  const found = membersOf(owner).find((member) => nameOf(member) === field);
  if (!found) throw new Error(`"${owner}" of the client has no documented field "${field}".`);
  return found;
}

/** The credentials that a client of version 2.0 takes. */
export function credentialKinds(): Html {
  const auth = declarationOf('Auth');
  if (!ts.isTypeAliasDeclaration(auth) || !ts.isUnionTypeNode(auth.type)) throw new Error('`Auth` is not a union.');
  return table(
    ['`type`', 'What it is', 'Fields'].map((head) => head.replaceAll('`', '')),
    auth.type.types.map((kind) => {
      const node = declarationOf(kind.getText());
      const members = ts.isInterfaceDeclaration(node) ? node.members : [];
      const type =
        members
          .find((member) => nameOf(member) === 'type')
          ?.getText()
          .match(/'(.*)'/)?.[1] ?? '';
      const names = members.map(nameOf).filter((name) => name !== 'type');
      return [html`<code>${type}</code>`, inline(words(node)), codes(names)];
    }),
  );
}

/** The classes of errors, each with its code and what it means. */
export function errorClasses(): Html {
  const rows = [...declarations().values()].filter(ts.isClassDeclaration).flatMap((node) => {
    const code = node.members
      .find((member) => nameOf(member) === 'code')
      ?.getText()
      .match(/'(.*)'/)?.[1];
    return code === undefined
      ? []
      : [[html`<code>${node.name?.getText()}</code>`, html`<code>${code}</code>`, inline(words(node))]];
  });
  return table(['Class', 'Code', 'When'], rows);
}

/** The figures of the client that no option changes, in milliseconds. */
export function figures(...names: string[]): Html {
  return table(
    ['Milliseconds', 'What for'],
    names.map((name) => {
      const node = declarationOf(name);
      if (!ts.isVariableDeclaration(node) || !node.initializer)
        throw new Error(`"${name}" of the client is not a figure.`);
      return [node.initializer.getText().replace(/_/g, ','), inline(words(node).replace(/, in milliseconds\b/, ''))];
    }),
  );
}

const codes = (names: readonly string[]) =>
  join(
    names.map((name) => html`<code>${name}</code>`),
    ', ',
  );
