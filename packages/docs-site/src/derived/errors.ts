import { type Response, readResponse } from '@comm100-openapi/description';
import { codeBlock } from '../html/code.ts';
import { examples, nameInWords } from '../html/examples.ts';
import { type Content, type Html, html } from '../html/html.ts';
import { block, inline } from '../html/markdown.ts';
import { headingAnchor } from '../html/operation.ts';
import { evidenceNotes } from '../html/schema.ts';
import { VERSIONS } from '../model/bundle.ts';
import { prettyJson } from '../model/literal.ts';
import type { ResponseView } from '../model/operation.ts';
import type { VersionSite } from '../model/site.ts';
import { allSites, nameOfVersion } from './shared.ts';

function sharedResponse(component: string): Response {
  for (const { document } of allSites()) {
    const found = document.components?.responses?.[component];
    if (found) return readResponse(document, '', found);
  }
  throw new Error(`There is no shared response "${component}".`);
}

export const errorDescription = (component = '') => block(sharedResponse(component).description);

interface SharedError {
  site: VersionSite;
  component: string;
  error: ResponseView;
  versions: Set<string>;
  tags: Set<string>;
  uses: number;
}

/** The errors that operations share, by status, the most common first. Where the versions differ, each has its own. */
function sharedErrors(): SharedError[] {
  const found = new Map<string, SharedError>();
  for (const site of allSites()) {
    for (const { tag, operations } of site.resources) {
      for (const error of operations.flatMap(({ errors }) => errors)) {
        const { status, component } = error;
        if (component === undefined) continue;
        const key = JSON.stringify([status, component, site.document.components?.responses?.[component]]);
        const entry = found.get(key) ?? { site, component, error, versions: new Set(), tags: new Set(), uses: 0 };
        entry.versions.add(nameOfVersion(site));
        entry.tags.add(tag);
        entry.uses += 1;
        found.set(key, entry);
      }
    }
  }
  const statusOf = ({ error }: SharedError) => error.status;
  return [...found.values()].sort(
    (one, other) => statusOf(one).localeCompare(statusOf(other)) || other.uses - one.uses,
  );
}

export function errors(): Content {
  const all = sharedErrors();
  return all.map(({ site, component, error, versions, tags }, index) => {
    const { status } = error;
    const isUsual = all.findIndex((other) => other.error.status === status) === index;
    const hasTwin = all.some((other, at) => at < index && other.component === component);
    const id = hasTwin ? `${component}-${site.version}` : component;
    const where = isUsual ? '' : `, ${tags.size <= 3 ? [...tags].join(' and ') : nameInWords(component).toLowerCase()}`;
    const when = versions.size < VERSIONS.length ? ` (version ${[...versions].join(' and ')})` : '';
    return html`
      <h3 id="${id}" tabindex="-1">${isUsual && html`<span id="${`status-${status}`}"></span>`}${status}${where}${when}${headingAnchor(id, status)}</h3>
      ${block(error.description)}
      ${evidenceNotes(error.evidence)}
      ${examples(
        `${id}-causes`,
        `Cause of the status ${status}`,
        error.media.flatMap(({ examples: list }) =>
          list.map(({ name, summary, value }) => ({
            name,
            words: inline(summary),
            panel: codeBlock(prettyJson(value), 'json'),
          })),
        ),
      )}`;
  });
}

export function errorExample(component = '', name = ''): Html {
  const examples = sharedResponse(component).media.flatMap((media) => media.examples);
  const example = examples.find((it) => it.name === name);
  if (!example) throw new Error(`The shared response "${component}" has no example "${name}".`);
  return codeBlock(prettyJson(example.value), 'json');
}
