import { type Html, html, join } from '../html/html.ts';
import { inline } from '../html/markdown.ts';
import { pathText } from '../html/operation.ts';
import { viewParameter } from '../model/operation.ts';
import type { VersionSite } from '../model/site.ts';
import { nameOfVersion, operationLinkOf, table } from './shared.ts';

const isPaging = (name: string) => /^page/i.test(name);

export function paging(site: VersionSite): Html {
  const rows = site.resources.flatMap(({ tag, operations }) =>
    operations.flatMap(({ operation: { id, path, summary, ...operation } }) => {
      const parameters = operation.parameters.filter(({ name, in: place }) => place === 'query' && isPaging(name));
      if (parameters.length === 0) return [];
      const words = parameters.map((parameter) => {
        const { schema } = viewParameter(site.document, parameter);
        return html`<div><code>${parameter.name}</code> <span class="limits">${join(schema.limits.map(inline), ', ')}</span></div>`;
      });
      return [[operationLinkOf(site, tag, id, summary), html`<code>${pathText(path)}</code>`, words]];
    }),
  );
  return rows.length > 0
    ? table(['Operation', 'Path', 'Parameters'], rows)
    : html`<p>No operation of version ${nameOfVersion(site)} has pages.</p>`;
}
