/**
 * The words that people type, by the page or section that they are looking for: those of other products and of the trade,
 * which the pages themselves do not use.
 */
export const WORDS: Record<string, string> = {
  '/': 'home overview start getting started introduction quick start quickstart version which unofficial',
  '/guide/first-request.html': 'getting started quick start quickstart tutorial hello world example install npm',
  '/guide/first-request.html#the-typed-client': 'install npm pack tarball tgz',
  '/guide/client.html':
    'typed client typescript javascript node sdk library npm package install types options settings configuration intellisense autocomplete commonjs require esm module moduleresolution',
  '/guide/client.html#retries-and-time-limits': 'retry retries backoff timeout deadline abort cancel idempotent',
  '/guide/client.html#errors': 'exception try catch throw handling instanceof',
  '/guide/client.html#dates-and-other-values': 'parsedate formatdate parse date',
  '/guide/client.html#webhooks': 'parsewebhook webhook receive receiver payload verify signature',
  '/guide/client.html#lists-in-pages': 'pagination paginate auto iterate iterator for await all items',
  '/guide/client.html#reports': 'statistics analytics metrics group by',
  '/guide/credentials.html':
    'authentication authenticate auth authorization login log in sign in api key apikey password token bearer basic oauth jwt secret header',
  '/guide/credentials.html#where-is-the-api-key': 'find get api key apikey where lost reset generate create',
  '/guide/permissions.html':
    'permission permissions access rights role roles scope scopes allowed edition editions plan pricing business enterprise',
  '/guide/hosts.html': 'host domain base url baseurl server servers endpoint region production address',
  '/guide/mock.html':
    'mock sandbox test testing fake stub server local docker offline development environment prism simulator',
  '/guide/mock.html#from-a-page-in-a-browser': 'cors preflight origin browser service worker frontend',
  '/guide/errors.html':
    'error errors code codes status statuses exception failure bad request invalid 400 401 403 404 500 unauthorized forbidden',
  '/guide/quota.html':
    'rate limit rate limits limiting ratelimit throttle throttling too many requests 429 quota daily usage retry after',
  '/guide/paging.html':
    'pagination paginate paging page size pagesize cursor offset limit next previous list all results per page',
  '/guide/wire.html':
    'timezone time zone utc offset date dates datetime iso 8601 timestamp format content type json form urlencoded case sensitive ids',
  '/guide/migration.html':
    'migrate migration upgrade v1 v2 difference differences change changes changelog breaking deprecated',
  '/guide/certainty.html': 'evidence confidence trust accuracy undocumented inferred contradicted sample reliable',
  '/guide/downloads.html':
    'openapi swagger oas yaml json specification spec schema download postman bruno collection import generator codegen redoc markdown llms',
  '/#the-description-itself': 'openapi swagger oas yaml json specification spec download generator codegen redoc',
  '/guide/map.html': 'entity relationship diagram data model resources references picture overview',
  '/guide/chat-life.html': 'life cycle lifecycle states status flow webhook webhooks events queue picture',
  '/guide/testing.html': 'test testing vitest jest unit integration mocking msw nock fixtures',
  '/guide/testing.html#with-msw': 'msw service worker intercept createmock',
  '/guide/languages.html': 'python go golang php java csharp ruby language languages generate generator codegen',
  '/guide/journeys.html': 'arazzo workflow workflows journey scenario use case step by step tutorial end to end',
  '/guide/programs.html': 'example examples sample samples recipes scripts export sync',
  '/guide/programs.html#export-chats': 'export transcript transcripts resume continue crash nightly backup archive',
};
