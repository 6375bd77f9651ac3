import { operationsOf, successOf } from '@comm100-openapi/description';
import { describe, expect, test } from 'vitest';
import { createMock, type LogEntry, spellingHeader } from '../src/index.ts';
import { Quota } from '../src/quota.ts';
import { admin, basicHeader, bundles, company, powerless } from './helpers.ts';

const form = 'application/x-www-form-urlencoded';
const json = 'application/json';
const departments = '/api/v2/livechat/departments';
const chatVolume = '/api/v2/livechat/reports/chatVolume?timeFrom=2025-03-03T00:00:00&timeTo=2025-03-08T00:00:00';

const log: LogEntry[] = [];
const mock = createMock({ bundles, company, mode: 'example', onAnswer: (entry) => log.push(entry) });

interface Given {
  method?: string;
  path: string;
  type?: string;
  body?: string;
  authorization?: string | null;
  prefer?: string;
  accept?: string;
  origin?: string;
}

async function send(
  { method = 'GET', path, type, body, authorization = basicHeader(admin), ...rest }: Given,
  to = mock,
) {
  const headers = new Headers(rest as Record<string, string>);
  if (type) headers.set('content-type', type);
  if (authorization !== null) headers.set('authorization', authorization);
  const request = new Request(`http://mock.test${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: new TextEncoder().encode(body) }),
  });
  const response = await to.fetch(request);
  const text = await response.text();
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    spelling: response.headers.get(spellingHeader),
    headers: response.headers,
    body: text ? JSON.parse(text) : undefined,
  };
}

/** The response is an error of the service and nothing else. */
function error(status: number, message: string) {
  return { status, type: expect.stringContaining(json), body: { code: status * 1000, message } };
}

describe('spelling that the service takes, with the documented one in a header', () => {
  test.each<{ name: string; given: Given; want: object }>([
    {
      name: 'the documented spelling needs no remark',
      given: { path: departments },
      want: { status: 200, spelling: null },
    },
    {
      name: 'a path in another case',
      given: { path: '/API/v2/livechat/Departments/1' },
      want: {
        status: 200,
        spelling: "path: '/API/v2/livechat/Departments/1' is spelt '/api/v2/livechat/departments/{id}'",
      },
    },
    { name: 'v2.0 as in page links', given: { path: '/api/v2.0/livechat/departments' }, want: { status: 200 } },
    { name: 'a slash at the end', given: { path: `${departments}/` }, want: { status: 200 } },
    {
      name: 'a query in another case',
      given: { path: `${chatVolume.replace('timeFrom', 'timefrom')}&GROUP=Day` },
      want: {
        status: 200,
        spelling:
          "query: 'timefrom' is spelt 'timeFrom'; query: 'GROUP' is spelt 'group'; query: group 'Day' is spelt 'day'",
      },
    },
    {
      name: 'a raw plus in a time zone',
      given: { path: `${chatVolume}&group=day&timezone=+08:00` },
      want: { status: 200, spelling: "query: timezone '+08:00' is encoded '%2B08%3A00'" },
    },
    {
      name: 'an encoded plus in a time zone',
      given: { path: `${chatVolume}&group=day&timezone=%2B08:00` },
      want: { status: 200, spelling: null },
    },
    {
      name: 'an unknown query parameter',
      given: { path: `${departments}?verbose=1` },
      want: { status: 200, spelling: "query: 'verbose' is unknown and was ignored" },
    },
    {
      name: 'a query parameter twice',
      given: { path: `${chatVolume}&group=week&group=day` },
      want: { status: 200, spelling: "query: 'group' came more than once; the last counts" },
    },
    {
      name: 'a query parameter twice, in two spellings',
      given: { path: `${chatVolume}&group=week&GROUP=day` },
      want: {
        status: 200,
        spelling: "query: 'GROUP' is spelt 'group'; query: 'group' came more than once; the last counts",
      },
    },
    {
      name: 'names that every object of JavaScript has',
      given: { path: `${departments}?__proto__=1&constructor=2` },
      want: {
        status: 200,
        spelling: "query: '__proto__' is unknown and was ignored; query: 'constructor' is unknown and was ignored",
      },
    },
    {
      name: 'numbered conditions, more of them than are described one by one',
      given: { path: '/api/v2/livechat/chats?Conditions[0][Field]=email&conditions[7][value]=x' },
      want: { status: 200, spelling: "query: 'Conditions[0][Field]' is spelt 'conditions[0][field]'" },
    },
    {
      name: 'such names in a form',
      given: {
        method: 'PUT',
        path: '/api/v1/livechat/departments/1',
        type: form,
        body: 'name=x&__proto__=1&toString=2',
      },
      want: {
        status: 200,
        spelling: "body: '__proto__' is unknown and was ignored; body: 'toString' is unknown and was ignored",
      },
    },
    {
      name: 'fields, enum values and numbers of a JSON body',
      given: {
        method: 'POST',
        path: departments,
        type: json,
        body: '{"NAME":"x","allocationrule":"Round Robin","backupDepartmentId":"1"}',
      },
      want: {
        status: 200,
        spelling:
          "body: 'NAME' is spelt 'name'; body: 'allocationrule' is spelt 'allocationRule'; body.allocationRule: 'Round Robin' is spelt 'round robin'; body.backupDepartmentId: '1' is spelt 1",
      },
    },
    {
      name: 'a list and a boolean in strings of a JSON body',
      given: {
        method: 'PUT',
        path: `${departments}/1`,
        type: json,
        body: '{"agents":"1,2","isLastChattedPreferred":"True"}',
      },
      want: {
        status: 200,
        spelling: "body.agents: '1,2' is spelt [1,2]; body.isLastChattedPreferred: 'True' is spelt true",
      },
    },
    {
      name: 'a value in the spelling of the tables',
      given: { method: 'PUT', path: '/api/v2/livechat/conversionActions/1', type: json, body: '{"type":"url"}' },
      want: { status: 200, spelling: "body.type: 'url' is spelt 'Url'" },
    },
    {
      name: 'JSON without a content type',
      given: { method: 'PUT', path: `${departments}/1`, body: '{"name":"x"}' },
      want: { status: 200, spelling: 'content-type: send application/json' },
    },
    {
      name: 'an unknown member',
      given: { method: 'POST', path: departments, type: json, body: '{"name":"x","colour":"red"}' },
      want: { status: 200, spelling: "body: 'colour' is unknown and was ignored" },
    },
    {
      name: 'a form with a documented alias',
      given: { method: 'PUT', path: '/api/v1/livechat/departments/1', type: form, body: 'member=1,2,11' },
      want: { status: 200, spelling: "body: 'member' is spelt 'members'" },
    },
    {
      name: 'a form where JSON is documented',
      given: { method: 'PUT', path: `${departments}/1`, type: form, body: 'name=x&agents=1,2' },
      want: { status: 200, spelling: 'content-type: send application/json' },
    },
    {
      name: 'JSON sent as a form, as curl -d does',
      given: { method: 'PUT', path: `${departments}/1`, type: form, body: '{"name":"x"}' },
      want: { status: 200, spelling: 'content-type: send application/json' },
    },
    {
      name: 'JSON where a form is documented',
      given: { method: 'POST', path: '/api/v1/livechat/departments', type: json, body: '{"name":"x","members":[1]}' },
      want: { status: 200, spelling: `content-type: send ${form}` },
    },
    {
      name: 'a field with a name that every object has',
      given: {
        method: 'PUT',
        path: '/api/v1/livechat/departments/1',
        type: form,
        body: 'name=x&constructor=y&__proto__=z',
      },
      want: {
        status: 200,
        spelling: "body: 'constructor' is unknown and was ignored; body: '__proto__' is unknown and was ignored",
      },
    },
    {
      name: 'a list without a name',
      given: {
        method: 'DELETE',
        path: '/api/v2/livechat/chats',
        type: form,
        body: '[0]=c8a4e1d0-2f6b-4d39-9b15-71e0a3c50001',
      },
      want: { status: 200, spelling: null },
    },
    {
      name: 'a path that the documents misspell',
      given: { method: 'DELETE', path: '/api/v1/livechat/cannedMessageCategory/2' },
      want: {
        status: 200,
        spelling: expect.stringContaining("is spelt '/api/v1/livechat/cannedMessageCategories/{id}'"),
      },
    },
    {
      name: 'a method that the documents contradict',
      given: {
        method: 'PUT',
        path: '/api/v2/livechat/conversionActions/achieved',
        type: json,
        body: '{"conversion_name":"x"}',
      },
      want: { status: 200, spelling: 'method: send POST', body: { code: 0 } },
    },
  ])('$name', async ({ given, want }) => expect(await send(given)).toMatchObject(want));
});

describe('errors', () => {
  test.each<{ name: string; given: Given; want: object }>([
    {
      name: 'no such path',
      given: { path: '/api/v2/nope' },
      want: error(404, "No operation has the path '/api/v2/nope'. The documentation lists all paths."),
    },
    {
      name: 'the root',
      given: { path: '/' },
      want: error(
        404,
        'There is nothing here but, in a browser, the page of comm100-mock. GET /__mock/ lists what the mock can do; data is at paths such as /api/v2/livechat/chats.',
      ),
    },
    ...[
      { path: '/api/v2/livechat/agents', near: '/api/v2/account/agents' },
      { path: '/api/v2/livechat/Department', near: departments },
      { path: '/api/v2/departments', near: departments },
      { path: '/departments/1', near: '/api/v1/livechat/departments' },
    ].map(({ path, near }) => ({
      name: `${path}, with a path that ends alike`,
      given: { path },
      want: error(404, `No operation has the path '${path}'. Did you mean '${near}'?`),
    })),
    {
      name: 'a path that cannot be decoded',
      given: { path: `${departments}/%zz` },
      want: error(400, `The path '${departments}/%zz' is not encoded as an address must be.`),
    },
    {
      name: 'a method of WebDAV',
      given: { method: 'PROPFIND', path: departments },
      want: error(405, 'PROPFIND is not allowed on this path. Use GET or POST.'),
    },
    {
      name: 'OPTIONS that is no preflight of a browser',
      given: { method: 'OPTIONS', path: departments },
      want: error(405, 'OPTIONS is not allowed on this path. Use GET or POST.'),
    },
    {
      name: 'a value that every object of JavaScript has',
      given: { path: `${chatVolume}&group=constructor` },
      want: { status: 400, body: { message: expect.stringMatching(/^Parameter 'group' must be one of hour, /) } },
    },
    {
      name: 'null for a body',
      given: { method: 'POST', path: departments, type: json, body: 'null' },
      want: error(400, 'The request body is required. Send it as application/json.'),
    },
    {
      name: 'no such method',
      given: { method: 'PATCH', path: departments },
      want: error(405, 'PATCH is not allowed on this path. Use GET or POST.'),
    },
    {
      name: 'no credentials',
      given: { path: departments, authorization: null },
      want: error(401, 'Authentication is required.'),
    },
    {
      name: 'a wrong key',
      given: { path: departments, authorization: basicHeader({ ...admin, apiKey: 'wrong' }) },
      want: error(401, 'The email or the API key is invalid.'),
    },
    {
      name: 'Basic that is not base64',
      given: { path: departments, authorization: 'Basic %%%' },
      want: { status: 401 },
    },
    {
      name: 'a made-up token',
      given: { path: departments, authorization: 'Bearer a.b.c' },
      want: error(401, 'The access token is invalid or has expired.'),
    },
    {
      name: 'a made-up token at version 1.0, which has none',
      given: { path: '/api/v1/livechat/departments', authorization: 'Bearer a.b.c' },
      want: error(401, 'This operation takes HTTP Basic with an email and an API key.'),
    },
    {
      name: 'another scheme',
      given: { path: departments, authorization: 'Digest x' },
      want: error(401, 'The Authorization header must begin with Basic or Bearer.'),
    },
    {
      name: 'no permission',
      given: { path: departments, authorization: basicHeader(powerless) },
      want: error(403, 'You do not have the permission to access this resource.'),
    },
    { name: 'a missing parameter', given: { path: chatVolume }, want: error(400, "Parameter 'group' is required.") },
    {
      name: 'several at once',
      given: { path: '/api/v2/livechat/reports/chatVolume' },
      want: error(
        400,
        "Parameter 'timeFrom' is required. Parameter 'timeTo' is required. Parameter 'group' is required.",
      ),
    },
    {
      name: 'a date of the wrong form',
      given: { path: `${chatVolume.replace('T00:00:00', '')}&group=day` },
      want: error(400, "Parameter 'timeFrom' must have the format yyyy-MM-ddTHH:mm:ss."),
    },
    {
      name: 'a time zone by name',
      given: { path: `${chatVolume}&group=day&timezone=UTC` },
      want: error(400, "Parameter 'timezone' must have the format ±hh:mm."),
    },
    {
      name: 'a value that is not listed',
      given: { path: `${chatVolume}&group=year` },
      want: {
        status: 400,
        body: { message: expect.stringMatching(/^Parameter 'group' must be one of hour, day, week, month, /) },
      },
    },
    {
      name: 'a value with a name that every object has',
      given: { path: `${chatVolume}&group=constructor` },
      want: { status: 400, body: { message: expect.stringMatching(/^Parameter 'group' must be one of /) } },
    },
    {
      name: 'an id that is no number',
      given: { path: `${departments}/one` },
      want: error(400, "Parameter 'id' must be a whole number."),
    },
    {
      name: 'no body',
      given: { method: 'POST', path: departments },
      want: error(400, 'The request body is required. Send it as application/json.'),
    },
    {
      name: 'null as a body',
      given: { method: 'POST', path: departments, type: json, body: 'null' },
      want: error(400, 'The request body is required. Send it as application/json.'),
    },
    {
      name: 'an email that is none',
      given: { path: '/api/v1/livechat/operators/tom' },
      want: error(400, "Parameter 'email' must be an email address."),
    },
    {
      name: 'broken JSON',
      given: { method: 'POST', path: departments, type: json, body: '{"name":' },
      want: error(400, 'The request body is not valid JSON.'),
    },
    {
      name: 'a type that cannot be read',
      given: { method: 'POST', path: departments, type: 'text/xml', body: '<name>x</name>' },
      want: error(415, "The content type 'text/xml' is not supported. Use application/json."),
    },
    {
      name: 'a field of the wrong type',
      given: { method: 'POST', path: departments, type: json, body: '{"name":"x","agents":[1,"two"]}' },
      want: error(400, "Parameter 'agents[1]' must be a whole number."),
    },
    {
      name: 'a number out of range',
      given: { path: '/api/v2/livechat/chats?pageSize=101' },
      want: error(400, "Parameter 'pageSize' must be at most 100."),
    },
    {
      name: 'a field that the chosen branch of a union needs',
      given: { method: 'POST', path: '/api/v2/livechat/bans', type: json, body: '{"type":"ip"}' },
      want: error(400, "Parameter 'ipAddress' is required."),
    },
    {
      name: 'a choice that no branch of a union has',
      given: { method: 'POST', path: '/api/v2/livechat/bans', type: json, body: '{"type":"country"}' },
      want: error(400, "Parameter 'type' must be one of visitor, ip."),
    },
    {
      name: 'a value that is in none of two lists',
      given: {
        method: 'PUT',
        path: '/api/v2/livechat/campaigns/1/preChat',
        type: json,
        body: '{"fields":[{"name":"x","type":"rating"}]}',
      },
      want: {
        status: 400,
        body: {
          message: expect.stringMatching(/^Parameter 'fields\[0\]\.type' must be one of name, .*, checkboxList\.$/),
        },
      },
    },
    {
      name: 'a missing field',
      given: { method: 'POST', path: departments, type: json, body: '{"description":"x"}' },
      want: error(400, "Parameter 'name' is required."),
    },
    { name: 'an unknown example', given: { path: departments, prefer: 'example=nope' }, want: { status: 404 } },
    {
      name: 'a Prefer that makes no sense',
      given: { path: departments, prefer: 'code=many' },
      want: error(400, "The code 'many' of the Prefer header is not an HTTP status."),
    },
    { name: 'a response that is not JSON', given: { path: departments, accept: 'text/html' }, want: { status: 400 } },
  ])('$name', async ({ given, want }) => expect(await send(given)).toMatchObject(want));

  test('a 405 lists what is allowed, a 401 what is asked for', async () => {
    const { headers } = await send({ method: 'DELETE', path: departments });
    expect(headers.get('allow')).toBe('GET, POST');
    const rejected = await send({ path: '/api/v1/livechat/departments', authorization: null });
    expect(rejected.headers.get('www-authenticate')).toBe('Basic realm="Comm100"');
  });

  test('a body that is too large', async () => {
    const body = JSON.stringify({ name: 'x'.repeat(11 * 1024 * 1024) });
    expect(await send({ method: 'POST', path: departments, type: json, body })).toMatchObject({
      status: 413,
      body: { code: 413_000 },
    });
  });
});

describe('tokens', () => {
  const { site, partner } = company;
  const jwtForm = (changes: Record<string, string> = {}) =>
    new URLSearchParams({
      loginType: 'password',
      userName: admin.email,
      password: admin.password,
      siteId: String(site.id),
      ...changes,
    }).toString();
  const grant = (email: string, password: string) =>
    new URLSearchParams({ grant_type: 'password', email, password }).toString();
  const post = (path: string, body: string) => send({ method: 'POST', path, type: form, body, authorization: null });
  const jwt = async () => (await post('/adminwebservice/api/jwttoken/generate', jwtForm())).body.token as string;
  const access = async (path: string, who: { email: string; password: string }) =>
    (await post(path, grant(who.email, who.password))).body.access_token as string;

  test('a JSON Web Token opens what the agent may', async () => {
    expect(await send({ path: departments, authorization: `Bearer ${await jwt()}` })).toMatchObject({ status: 200 });
  });

  test('an altered token opens nothing', async () => {
    const [head, , signature] = (await jwt()).split('.');
    const claims = btoa(
      JSON.stringify({ sub: admin.email, kind: 'agent', scheme: 'jwt', iss: 'comm100-mock', exp: 9_999_999_999 }),
    );
    const authorization = `Bearer ${head}.${claims.replaceAll('=', '')}.${signature}`;
    expect(await send({ path: departments, authorization })).toMatchObject({ status: 401 });
  });

  test('a token of another server opens nothing', async () => {
    const other = createMock({ bundles, company, mode: 'example' });
    const token = await jwt();
    expect(await send({ path: departments, authorization: `Bearer ${token}` }, other)).toMatchObject({ status: 401 });
  });

  test('version 1.0 takes no token', async () => {
    expect(await send({ path: '/api/v1/livechat/departments', authorization: `Bearer ${await jwt()}` })).toMatchObject(
      error(401, 'This operation takes HTTP Basic with an email and an API key.'),
    );
  });

  test('an access token opens the same, and says when it ends', async () => {
    const { body } = await post('/oauth/token', grant(admin.email, admin.password));
    expect(body).toMatchObject({ token_type: 'bearer', expires_in: 43_199 });
    const claims = JSON.parse(atob(body.access_token.split('.')[1]));
    expect(claims.exp - claims.iat).toBe(43_199);
    expect(await send({ path: departments, authorization: `Bearer ${body.access_token}` })).toMatchObject({
      status: 200,
    });
  });

  test("partner operations take a partner's token and nothing else", async () => {
    const path = '/api/v2/partner/sites';
    const asPartner = await access('/partner/oauth/token', partner);
    const asAgent = await access('/oauth/token', admin);
    expect(await send({ path, authorization: `Bearer ${asPartner}` })).toMatchObject({ status: 200 });
    expect(await send({ path, authorization: `Bearer ${asAgent}` })).toMatchObject(
      error(403, 'Only a partner may access this resource.'),
    );
    expect(await send({ path })).toMatchObject({ status: 403 });
    expect(await send({ path: departments, authorization: `Bearer ${asPartner}` })).toMatchObject({ status: 403 });
  });

  test.each<{ name: string; path: string; body: string; want: object }>([
    {
      name: 'a wrong password',
      path: '/adminwebservice/api/jwttoken/generate',
      body: jwtForm({ password: 'x' }),
      want: { status: 401 },
    },
    {
      name: 'the API key in place of the password',
      path: '/oauth/token',
      body: grant(admin.email, admin.apiKey),
      want: { status: 401 },
    },
    {
      name: 'another site',
      path: '/adminwebservice/api/jwttoken/generate',
      body: jwtForm({ siteId: '9' }),
      want: { status: 401 },
    },
    {
      name: 'another login type',
      path: '/adminwebservice/api/jwttoken/generate',
      body: jwtForm({ loginType: 'sso' }),
      want: { status: 400 },
    },
    {
      name: "an agent at the partner's door",
      path: '/partner/oauth/token',
      body: grant(admin.email, admin.password),
      want: { status: 401 },
    },
    {
      name: 'no password',
      path: '/oauth/token',
      body: 'grant_type=password&email=x',
      want: error(400, "Parameter 'password' is required."),
    },
  ])('rejects $name', async ({ path, body, want }) => expect(await post(path, body)).toMatchObject(want));
});

describe('preferences', () => {
  test('another response, by code and example', async () => {
    expect(await send({ path: departments, prefer: 'code=403, example=dailyQuota' })).toMatchObject(
      error(403, 'The daily limit of API requests has been exceeded. It is reset at 0:00 UTC.'),
    );
  });

  test('made-up data that fits the description', async () => {
    const { status, body } = await send({ path: `${departments}/1`, prefer: 'dynamic=true' });
    expect(status).toBe(200);
    expect(body).toEqual(
      expect.objectContaining({ id: expect.any(Number), name: expect.any(String), agents: expect.any(Array) }),
    );
    const documented = (await send({ path: `${departments}/1` })).body;
    expect(Object.keys(body).filter((name) => !(name in documented))).toEqual([]);
  });

  test.each([
    { prefer: 'code=418', want: 'the status 418. Documented here: 200, 400, 401, 403, 404, 500.' },
    { prefer: 'example=nope', want: "the example 'nope' of 200. Documented here: support." },
    { prefer: 'code=403, example=nope', want: "the example 'nope' of 403. Documented here: permission, dailyQuota." },
  ])('what is not documented is rejected by name: $prefer', async ({ prefer, want }) => {
    expect(await send({ path: `${departments}/1`, prefer })).toMatchObject(
      error(404, `The Prefer header asks for ${want}`),
    );
  });

  test('the rows follow the group', async () => {
    const rows = async (group: string) => (await send({ path: `${chatVolume}&group=${group}` })).body as object[];
    expect((await rows('week'))[0]).toHaveProperty('time.from');
    expect((await rows('department'))[0]).toHaveProperty('departmentId');
    expect((await rows('24*7Distribution'))[0]).toHaveProperty('avgChats');
  });

  test('a page from any other place may call it', async () => {
    const preflight = await mock.fetch(
      new Request(`http://mock.test${departments}`, {
        method: 'OPTIONS',
        headers: {
          origin: 'http://localhost:5173',
          'access-control-request-method': 'PUT',
          'access-control-request-headers': 'authorization',
        },
      }),
    );
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT');
    const { headers } = await send({ path: departments, origin: 'http://localhost:5173' });
    expect(headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    expect(headers.get('access-control-expose-headers')).toContain(spellingHeader);
  });
});

describe('strict: what is not written as documented is an error, and what is, is not', () => {
  const strict = createMock({ bundles, company, mode: 'example', strict: true });
  const update = { method: 'PUT', path: '/api/v1/livechat/departments/1' };
  const create = { method: 'POST', path: departments, type: json };
  const body = JSON.stringify({ name: 'Returns' });
  test.each<{ name: string; given: Given; want: string | 200 }>([
    { name: 'the documented spelling', given: { path: departments }, want: 200 },
    { name: 'a link of the service to a page', given: { path: '/api/v2.0/livechat/chats?pageIndex=1' }, want: 200 },
    { name: 'JSON', given: { ...create, type: 'application/json; charset=utf-8', body }, want: 200 },
    { name: 'a form', given: { ...update, type: form, body: 'name=Returns&members=1,2' }, want: 200 },
    { name: 'a path in another case', given: { path: departments.toUpperCase() }, want: 'is spelt' },
    { name: 'a slash at the end', given: { path: `${departments}/` }, want: `is written '${departments}'` },
    { name: 'a program in front', given: { path: `/livechatwebapi${departments}` }, want: 'is written' },
    { name: 'an unknown parameter', given: { path: `${departments}?verbose=1` }, want: "'verbose' is unknown" },
    { name: 'an id with a zero in front', given: { path: `${departments}/01` }, want: "'01' is spelt '1'" },
    { name: 'an unknown field', given: { ...create, body: '{"name":"x","color":"red"}' }, want: "'color' is unknown" },
    {
      name: 'a number in a string',
      given: { ...create, body: '{"name":"x","backupDepartmentId":"1"}' },
      want: "'1' is spelt 1",
    },
    { name: 'no content type', given: { ...create, type: '', body }, want: `content-type: send ${json}` },
    { name: 'another JSON', given: { ...create, type: 'text/json', body }, want: `content-type: send ${json}` },
    { name: 'a form for JSON', given: { ...create, type: form, body: 'name=x' }, want: `content-type: send ${json}` },
    { name: 'JSON for a form', given: { ...update, type: json, body }, want: `content-type: send ${form}` },
    { name: 'JSON that is called a form', given: { ...create, type: form, body }, want: `content-type: send ${json}` },
    {
      name: 'a list in several fields',
      given: { ...update, type: form, body: 'name=x&members=1&members=2' },
      want: "'members' is a list in several fields",
    },
    {
      name: 'a list with indexes',
      given: { ...update, type: form, body: 'name=x&members[0]=1' },
      want: "'members[0]' is a list in several fields",
    },
    {
      name: 'a list with spaces',
      given: { ...update, type: form, body: 'name=x&members=1,+2' },
      want: "'1, 2' is spelt '1,2'",
    },
  ])('$name', async ({ given, want }) => {
    const { status, body } = await send(given, strict);
    if (want === 200) expect(status).toBe(200);
    else {
      expect([status, body.message]).toEqual([400, expect.stringContaining(want)]);
      expect(body.message).toMatch(/^The request is not as documented: .*\.$/);
    }
    // Without --strict, the same request works.
    expect((await send(given)).status).toBe(200);
  });
});

test('the quota ends the day and 0:00 UTC begins it anew', async () => {
  let now = Date.parse('2025-03-07T23:59:58Z');
  const quota = new Quota(2, () => now);
  expect([quota.take(), quota.take(), quota.take()]).toEqual([true, true, false]);
  now = Date.parse('2025-03-08T00:00:00Z');
  expect(quota.take()).toBe(true);
});

test('what is rejected before any step is logged as well', async () => {
  log.length = 0;
  await send({ path: `${departments}/%zz` });
  await send({ method: 'POST', path: departments, type: json, body: 'x'.repeat(11 * 1024 * 1024) });
  expect(log.map(({ method, path, status }) => `${status} ${method} ${path}`)).toEqual([
    `400 GET ${departments}/%zz`,
    `413 POST ${departments}`,
  ]);
});

test('the log holds no credential', async () => {
  log.length = 0;
  await send({ path: `${departments}?api_key=${admin.apiKey}` });
  expect(log).toEqual([expect.objectContaining({ method: 'GET', path: departments, status: 200 })]);
  expect(JSON.stringify(log)).not.toContain(admin.apiKey);
});

test('the mock rejects its own response by name where it breaks the description', async () => {
  const broken = structuredClone(bundles);
  const [department] = broken
    .flatMap(operationsOf)
    .filter(({ method, path }) => method === 'get' && path === `${departments}/{id}`);
  const examples = department && successOf(department)?.media[0]?.node.examples;
  const [name] = Object.keys(examples ?? {});
  if (!examples || !name) throw new Error('the department has no example');
  examples[name] = { value: { id: 'one' } };
  const other = createMock({ bundles: broken, company, mode: 'example' });
  const { status, body } = await send({ path: `${departments}/1` }, other);
  expect(status).toBe(500);
  expect(body.message).toMatch(/^The mock's response to getDepartment breaks the description: /);
});

test('a path that a published sample uses for another leads to its operation', async () => {
  const { status, body } = await send({ path: '/livechatapi/custom_variables' });
  expect(status).toBe(200);
  expect(body).toEqual((await send({ path: '/api/v1/livechat/custom_variables' })).body);
});
