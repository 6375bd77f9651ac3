/** What the pages promise, compared with the list of documented operations and the raw bundles. */
import { describe, expect, test } from 'vitest';
import { derive } from '../src/derived/index.ts';
import { schemaTable } from '../src/html/schema.ts';
import { viewSchema } from '../src/model/schema.ts';
import { readSite } from '../src/model/site.ts';
import { listPages } from '../src/pages.ts';
import {
  at,
  documented,
  examplesOf,
  missing,
  type Node,
  pageOf,
  pick,
  specFile,
  type Version,
  versions,
  wordsOf,
} from './expected.ts';
import { sectionsOf, textOf } from './rendered.ts';

const reference = (version: Version) => listPages(readSite(version)).map(({ content }) => content);
const sections = {
  v1: reference('v1').flatMap(sectionsOf),
  v2: reference('v2').flatMap(sectionsOf),
};
const sectionOf = (version: Version, id: string) =>
  sections[version].find((section) => section.id === id) ?? { text: '', samples: [] };

describe.each(versions)('The reference of %s', (version) => {
  test('has every documented operation once, and every event', () => {
    const operations = documented(version).map(({ method, path }) => `${method} ${path}`);
    const events = Object.keys(at(version, 'webhooks')).map((name) => `event ${name}`);
    const shown = sections[version].map(({ endpoint }) => endpoint).filter((endpoint) => endpoint !== '');
    expect(shown.toSorted()).toEqual([...operations, ...events].toSorted());
  });

  test('says about each operation what the documents and the bundle say', () => {
    const lost = documented(version).flatMap(({ id, node, responses, facts }) => {
      const words = wordsOf(version, node, new Set(facts));
      for (const [status, response] of responses) {
        words.add(status);
        for (const { summary } of examplesOf(version, response)) words.add(summary);
        // The guide to the errors has their descriptions, because operations share them.
        if (status < '400') wordsOf(version, response, words);
      }
      return missing(sectionOf(version, id).text, words).map((word) => `${id}: ${word}`);
    });
    expect(lost).toEqual([]);
  });

  test('says about each schema what the bundle says', () => {
    const schemas = Object.entries(at(version, 'components', 'schemas'));
    const lost = schemas.flatMap(([name, schema]) =>
      missing(sectionOf(version, name).text, wordsOf(version, schema)).map((word) => `${name}: ${word}`),
    );
    expect(schemas.length).toBeGreaterThan(0);
    expect(lost).toEqual([]);
  });

  test('has no id twice on a page', () => {
    const repeated = reference(version).flatMap((content) => {
      const ids = [...content.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      return ids.filter((id, index) => ids.indexOf(id) !== index);
    });
    expect(repeated).toEqual([]);
  });
});

interface Move {
  from: string;
  to: string[];
}
const map = JSON.parse(specFile('migration.json')) as {
  operations: (Move & { instead: string[] })[];
  schemas: (Move & { fields: Move[] })[];
};

describe('The section of an operation links to its counterpart in the other version', () => {
  const pages = { v1: reference('v1').join(''), v2: reference('v2').join('') };
  /** The link targets in the section of an operation. */
  const links = (version: Version, id: string) =>
    new Set(
      (pages[version].split(`aria-labelledby="${id}"`)[1] ?? '').split('</section>')[0]?.match(/(?<=href=")[^"]+/g),
    );
  const address = (version: Version, id: string) => {
    const operation = pick(
      documented(version).filter((it) => it.id === id),
      0,
    );
    return `/${version}/${pageOf(operation)}#${id}`;
  };

  test('of version 1.0: what replaces it, or that it is removed', () => {
    const lost = documented('v1').flatMap(({ id }) => {
      const move = map.operations.find(({ from }) => from === id);
      const words = missing(sectionOf('v1', id).text, ['Version 2.0', move?.to.length ? 'replaced by' : 'removed']);
      const targets = [...(move?.to ?? ['in the map']), ...(move?.to.length ? [] : (move?.instead ?? []))];
      return [...words, ...targets.map((to) => address('v2', to)).filter((to) => !links('v1', id).has(to))].map(
        (it) => `${id}: ${it}`,
      );
    });
    expect(lost).toEqual([]);
  });

  test('of version 2.0: what it replaces, or that it is new', () => {
    const lost = documented('v2').flatMap(({ id }) => {
      const from = map.operations.filter(({ to }) => to.includes(id)).map((move) => move.from);
      const words = missing(sectionOf('v2', id).text, ['Version 1.0', from.length > 0 ? 'replaces' : 'new']);
      return [...words, ...from.map((it) => address('v1', it)).filter((it) => !links('v2', id).has(it))].map(
        (it) => `${id}: ${it}`,
      );
    });
    expect(lost).toEqual([]);
  });
});

describe('The guides', () => {
  const guide = (...directives: string[]) => textOf(directives.map((directive) => derive(directive).source).join(' '));

  test('show everything in the map between the versions', () => {
    const text = guide('migration-general', 'migration-unchanged', 'migration-operations', 'migration-schemas');
    const words = new Set<string>();
    const collect = (value: unknown, key = ''): void => {
      if (typeof value === 'object' && value !== null) {
        for (const [name, inner] of Object.entries(value)) collect(inner, Array.isArray(value) ? key : name);
      } else if (['change', 'gone', 'name', 'note', 'reason'].includes(key)) words.add(String(value));
    };
    collect(map);
    for (const { from, to, fields } of map.schemas) {
      for (const name of [from, ...to, ...fields.flatMap((move) => [move.from, ...move.to])]) words.add(name);
    }
    expect(words.size).toBeGreaterThan(0);
    expect(missing(text, words)).toEqual([]);
  });

  test('show every error that operations share, with its messages', () => {
    const text = guide('errors');
    const words = versions.flatMap((version) => {
      const errors = documented(version).flatMap(({ responses }) => responses.filter(([status]) => status >= '400'));
      return errors.flatMap(([status, response]) => [
        status,
        ...wordsOf(version, response),
        ...examplesOf(version, response).map(({ value }) => (value as { message: string }).message),
      ]);
    });
    expect(missing(text, new Set(words))).toEqual([]);
  });

  test('show every permission with its flag, and every edition', () => {
    const flags = versions.flatMap((version) =>
      Object.entries((at(version, 'info')['x-permission-flags'] ?? {}) as Node),
    );
    expect(flags.length).toBeGreaterThan(0);
    expect(missing(guide('permissions'), new Set(flags.flat().map(String)))).toEqual([]);
    const bound = versions.flatMap((version) => documented(version).filter(({ node }) => node['x-edition']));
    expect(missing(guide('editions'), ['Business', 'Enterprise', ...bound.map(({ summary }) => summary)])).toEqual([]);
  });

  test('show what the client can be given and what it throws, with the docstrings', async () => {
    const errors = Object.entries(await import('@comm100-openapi/client-v2')).filter(
      ([name, value]) =>
        name.endsWith('Error') && typeof value === 'function' && !['Comm100Error', 'ApiError'].includes(name),
    );
    expect(errors.length).toBeGreaterThan(8);
    expect(
      missing(guide('client-errors'), [
        ...errors.map(([name]) => name),
        'the credentials are missing, wrong or expired',
      ]),
    ).toEqual([]);
    const options = ['domain', 'baseUrl', 'fetch', 'hooks', 'retries', 'timeout', 'deadline', '30000'];
    expect(missing(guide('client-fields ClientOptions'), options)).toEqual([]);
    expect(
      missing(guide('client-credentials'), ['basic', 'jwt', 'oauth', 'partner', 'token', 'siteId', 'never renewed']),
    ).toEqual([]);
  });

  test.each(versions)('show every host of %s, and every way to log in', (version) => {
    const servers = at(version).servers as Node[];
    const retired = servers.flatMap((server) => (server['x-retired-domains'] ?? []) as object[]);
    const words = wordsOf(version, [servers, at(version, 'components', 'securitySchemes')]);
    for (const { domain, successor, since } of retired as Record<string, string>[])
      for (const word of [domain, successor, since]) words.add(word ?? '');
    expect(missing(guide(`servers ${version}`, 'retired-domains', 'credentials'), words)).toEqual([]);
  });

  test.each(versions)('list every mark of certainty in %s with its note', (version) => {
    const notes = [...specFile(`${version}.json`).matchAll(/"x-evidence-note": ?("(?:[^"\\]|\\.)*")/g)];
    const words = new Set(notes.map(([, note = '""']) => String(JSON.parse(note))));
    expect(words.size).toBeGreaterThan(0);
    expect(missing(guide(`evidence ${version}`), words)).toEqual([]);
  });
});

test('Every other keyword of a schema changes what its page shows', () => {
  const changed = new Map<string, boolean>();
  for (const version of versions) {
    const { document } = readSite(version);
    for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
      const $ref = `#/components/schemas/${name}`;
      // Some keywords show where the schema is used: as a field, or as one of several shapes.
      const places = { own: { $ref }, field: { $ref, description: 'A field.' }, shapes: { oneOf: [{ $ref }, {}] } };
      const render = () => schemaTable(viewSchema(document, { properties: places }), { version, expand: true }).source;
      eachKeyword(schema as Node, (holder, keyword) => {
        if (changed.get(keyword)) return;
        const { [keyword]: value } = holder;
        const before = render();
        delete holder[keyword];
        changed.set(keyword, render() !== before);
        holder[keyword] = value;
      });
    }
  }
  // Where further fields are forbidden, a page says nothing. The `examples` of a schema are values that it lists or names
  // anyway, every pattern has a name, with a description in words, and what a description calls an id of an agent refers
  // to agents. What chooses between objects, and which fields belong together, is said at the fields.
  const silent = [...changed].flatMap(([keyword, isChanged]) => (isChanged ? [] : [keyword]));
  const known = ['additionalProperties', 'discriminator', 'examples', 'pattern', 'x-alternatives', 'x-refers-to'];
  expect(silent.toSorted()).toEqual(known);
});

/** Calls `found` with each keyword of a schema and of the schemas inside it, and with the object that has it. */
function eachKeyword(schema: Node, found: (holder: Node, keyword: string) => void): void {
  for (const [keyword, value] of Object.entries(schema)) {
    found(schema, keyword);
    if (typeof value !== 'object' || value === null) continue;
    if (['properties', 'patternProperties', 'allOf', 'anyOf', 'oneOf'].includes(keyword)) {
      for (const inner of Object.values(value)) eachKeyword(inner as Node, found);
    } else if (['items', 'additionalProperties', 'unevaluatedProperties'].includes(keyword)) {
      eachKeyword(value as Node, found);
    }
  }
}
