import { retiredDomains } from '@comm100-openapi/description';
import { type Content, type Html, html } from '../html/html.ts';
import { block } from '../html/markdown.ts';
import { evidenceNotes } from '../html/schema.ts';
import { evidenceIn } from '../model/schema.ts';
import type { VersionSite } from '../model/site.ts';
import { allSites, table } from './shared.ts';

export function servers({ document }: VersionSite): Content {
  return document.servers.map(({ url, description, variables, ...server }) => [
    description !== undefined && block(variables ? description : `${description}: \`${url}\``),
    evidenceNotes(evidenceIn(server)),
    Object.entries(variables ?? {}).map(([name, variable]) => [
      variable.description !== undefined && block(variable.description),
      evidenceNotes(evidenceIn(variable)),
      table(
        ['Base address', 'State'],
        (variable.enum ?? [variable.default]).map((value) => [
          html`<code>${url.replace(`{${name}}`, value)}</code>`,
          retirementOf(document.servers, value) ?? (value === variable.default ? 'the default' : ''),
        ]),
      ),
    ]),
  ]);
}

function retirementOf(list: VersionSite['document']['servers'], domain: string): Content {
  const retired = list.flatMap(retiredDomains).find((it) => it.domain === domain);
  return retired && html`retired on ${retired.since}, now <code>${retired.successor}</code>`;
}

export function retired(): Html {
  const all = allSites().flatMap(({ document }) => document.servers.flatMap(retiredDomains));
  const byDomain = new Map(all.map((it) => [it.domain, it]));
  return table(
    ['Retired', 'Now', 'Since'],
    [...byDomain.values()].map(({ domain, successor, since }) => [
      html`<code>${domain}</code>`,
      html`<code>${successor}</code>`,
      since,
    ]),
  );
}
