/**
 * The parts of the guides that are facts about the API. A guide has a comment where a part belongs,
 *
 *     <!-- derived: servers v2 -->
 *
 * and the build replaces it with what the bundle says, so no guide repeats a fact.
 */

import { type Content, type Html, html } from '../html/html.ts';
import type { VersionSite } from '../model/site.ts';
import { editions, permissions, withField, withoutPermission } from './access.ts';
import { evidence, evidenceCount } from './certainty.ts';
import { chatLife } from './chat-life.ts';
import * as client from './client.ts';
import { credentials } from './credentials.ts';
import { downloadTable, llmsLink } from './downloads.ts';
import { errorDescription, errorExample, errors } from './errors.ts';
import { retired, servers } from './hosts.ts';
import { journeyFile, journeys } from './journeys.ts';
import { map } from './map.ts';
import { migrationGeneral, migrationOperations, migrationSchemas, migrationUnchanged } from './migration.ts';
import { paging } from './paging.ts';
import * as requests from './requests.ts';
import { versionOf } from './shared.ts';
import { downloads, resources, versionNotice } from './start.ts';
import { aliases, formats, mediaTypes, textResponses } from './wire.ts';

type Derivation = (...words: string[]) => Content;

/** A derivation whose first word is a version. */
const of =
  (derivation: (site: VersionSite, ...words: string[]) => Content): Derivation =>
  (version, ...words) =>
    derivation(versionOf(version), ...words);

const DERIVATIONS: Record<string, Derivation> = {
  'mock-url': requests.mockUrl,
  packages: requests.packages,
  curl: of(requests.withCurl),
  call: of(requests.callAlone),
  request: of(requests.both),
  environment: of(requests.environmentOf),
  setup: of(requests.setupOf),
  response: of(requests.response),
  production: of(requests.production),
  provoke: of(requests.provoke),
  'catch-error': of(requests.catchError),
  pages: of(requests.walkPages),
  operations: of(requests.operations),
  credentials,
  permissions,
  'without-permission': withoutPermission,
  editions,
  'with-field': of(withField),
  'client-fields': client.fields,
  'client-credentials': client.credentialKinds,
  'client-errors': client.errorClasses,
  'client-figures': client.figures,
  docstring: client.docstring,
  'doc-example': client.docExample,
  errors,
  'error-example': errorExample,
  'error-description': errorDescription,
  servers: of(servers),
  'retired-domains': retired,
  paging: of(paging),
  formats,
  aliases,
  'media-types': mediaTypes,
  'text-responses': textResponses,
  evidence: of(evidence),
  'evidence-count': evidenceCount,
  'migration-general': migrationGeneral,
  'migration-unchanged': migrationUnchanged,
  'migration-operations': migrationOperations,
  'migration-schemas': migrationSchemas,
  resources: of(resources),
  'version-notice': () => versionNotice(),
  downloads,
  journeys,
  'journey-file': journeyFile,
  map: of(map),
  'chat-life': of(chatLife),
  'download-table': (version) => downloadTable(version === undefined ? undefined : versionOf(version)),
  'llms-link': llmsLink,
};

/**
 * The HTML that replaces a comment in a guide.
 *
 * @throws {Error} naming the derivation, the version or the operation that does not exist.
 */
export function derive(directive: string): Html {
  const [name = '', ...words] = directive.trim().split(/\s+/);
  const derivation = Object.hasOwn(DERIVATIONS, name) ? DERIVATIONS[name] : undefined;
  if (!derivation)
    throw new Error(`There is no derivation "${name}". Known are: ${Object.keys(DERIVATIONS).join(', ')}.`);
  return html`${derivation(...words)}`;
}
