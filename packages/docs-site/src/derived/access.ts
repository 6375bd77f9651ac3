import { permissionFlagsOf } from '@comm100-openapi/description';
import { type Content, type Html, html, join } from '../html/html.ts';
import { slugOf, tagLink } from '../html/links.ts';
import { methodBadge, pathText } from '../html/operation.ts';
import type { OperationView } from '../model/operation.ts';
import type { VersionSite } from '../model/site.ts';
import { allSites, nameOfVersion, operationLinkOf, table } from './shared.ts';

/** The permissions that the documents name, each with the flag that grants it and the operations that need it. */
export function permissions(): Html {
  const flags = Object.assign({}, ...allSites().map(({ document }) => permissionFlagsOf(document.info))) as Record<
    string,
    string
  >;
  const names = new Set(
    allSites().flatMap((site) => operationsOf(site).flatMap(({ operation }) => operation.permission ?? [])),
  );
  return table(
    ['Permission', ...allSites().map((site) => `Version ${nameOfVersion(site)}`)],
    [...names]
      .toSorted()
      .map((name) => [
        html`<span id="${slugOf(name)}">${name}</span>${flags[name] !== undefined && html`<br><code>${flags[name]}</code>`}`,
        ...allSites().map((site) => resourcesWith(site, ({ operation }) => operation.permission === name)),
      ]),
  );
}

/** The resources with operations for which no document names a permission. */
export const withoutPermission = (): Html =>
  table(
    ['Version', 'Operations', 'Resources'],
    allSites().map((site) => {
      const isWithout = ({ operation }: OperationView) => operation.permission === undefined;
      const all = operationsOf(site);
      return [nameOfVersion(site), `${all.filter(isWithout).length} of ${all.length}`, resourcesWith(site, isWithout)];
    }),
  );

/** The operations for which the documents name editions. */
export function editions(): Html {
  const names = [
    ...new Set(allSites().flatMap((site) => operationsOf(site).flatMap(({ operation }) => operation.editions ?? []))),
  ].toSorted();
  const rows = allSites().flatMap((site) =>
    site.resources.flatMap(({ tag, operations }) =>
      operations.flatMap(({ operation: { id, summary, editions: own } }) =>
        own
          ? [
              [
                operationLinkOf(site, tag, id, summary),
                nameOfVersion(site),
                ...names.map((name) => (own.includes(name) ? 'yes' : 'no')),
              ],
            ]
          : [],
      ),
    ),
  );
  const heads = names.map((name) => name.slice(0, 1).toUpperCase() + name.slice(1));
  return html`${names.map((name) => html`<span id="${slugOf(name)}"></span>`)}${table(['Operation', 'Version', ...heads], rows)}`;
}

const operationsOf = ({ resources }: VersionSite) =>
  resources.flatMap(({ operations }) => operations.filter(({ operation }) => !operation.isWebhook));

function resourcesWith({ version, resources }: VersionSite, fits: (view: OperationView) => boolean): Content {
  const found = resources.filter(({ operations }) =>
    operations.some((view) => !view.operation.isWebhook && fits(view)),
  );
  return join(
    found.map(({ tag }) => html`<a href="${tagLink(version, tag)}">${tag}</a>`),
    ', ',
  );
}

/** The operations whose response has a field of a name, as a list. */
export function withField(site: VersionSite, name?: string): Html {
  const rows = site.resources.flatMap(({ tag, operations }) =>
    operations
      .filter(({ responses }) =>
        responses.some(({ media }) =>
          media.some(({ schema }) =>
            [schema, schema?.items].some((it) => it?.properties.some((property) => property.name === name)),
          ),
        ),
      )
      .map(({ operation }) => [
        operationLinkOf(site, tag, operation.id, operation.summary),
        html`${methodBadge(operation.method)} <code>${pathText(operation.path)}</code>`,
        operation.permission ?? '',
      ]),
  );
  if (rows.length === 0) throw new Error(`No response of version ${nameOfVersion(site)} has a field "${name}".`);
  return table(['Operation', 'Path', 'Permission'], rows);
}
