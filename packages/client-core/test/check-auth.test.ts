import { afterEach, expect, test, vi } from 'vitest';
import { ConfigurationError, checkAuth } from '../src/index.ts';

const known = { basic: 'email apiKey', jwt: 'email siteId', token: 'token' };
const key = { type: 'basic', email: 'maya@larkspur.example', apiKey: 'key-to-hide' };

test.each([
  { given: { type: 'basic', email: undefined, apiKey: 'x' }, want: 'auth.email is empty. Is an environment variable' },
  { given: { type: 'basic', email: 'x', apiKey: '' }, want: 'auth.apiKey is empty' },
  { given: { type: 'basic', email: 'x' }, want: 'auth.apiKey is empty' },
  { given: { type: 'jwt', email: 'x', siteId: null }, want: 'auth.siteId is empty' },
  { given: { type: 'token', token: undefined }, want: 'auth.token is empty' },
  { given: { type: 'saml', token: 'x' }, want: "auth.type 'saml' is unknown. Use one of basic, jwt, token." },
  { given: { ...key, token: 'x' }, want: "auth.token is not for the type 'basic', which has email, apiKey." },
  { given: { type: 'basic', email: 'x', apikey: 'key-to-hide' }, want: 'auth.apikey is not for' },
  { given: { type: 'basic', email: 5, apiKey: 'key-to-hide' }, want: 'auth.email is not a string' },
  { given: { type: 'token', token: { value: 'key-to-hide' } }, want: 'auth.token is not a string' },
  { given: { type: 'toString' }, want: "auth.type 'toString' is unknown" },
  { given: { token: 'x' }, want: "auth.type 'undefined' is unknown" },
  {
    given: undefined,
    want: "'auth' is missing. Give it as in createClient({ auth: { type: 'basic', email, apiKey } })",
  },
])('$given is an error that names the setting', ({ given, want }) => {
  expect(() => checkAuth(given as never, known)).toThrow(ConfigurationError);
  expect(() => checkAuth(given as never, known)).toThrow(want);
  expect(() => checkAuth(given as never, known)).not.toThrow('key-to-hide');
});

test.each([key, { ...key, token: undefined }, { type: 'jwt', email: 'x', siteId: 1 }])(
  'what is complete is what is given: $type',
  (given) => expect(checkAuth(given, known)).toBe(given),
);

// The examples of the mock have the test in a real page.
test.each([
  { name: 'an API key', given: key, allowed: undefined, want: 'error' },
  { name: 'a password', given: { type: 'jwt', email: 'x', siteId: 1 }, allowed: false, want: 'error' },
  { name: 'an API key that is allowed', given: key, allowed: true, want: 'accepted' },
  { name: 'a token', given: { type: 'token', token: 'x' }, allowed: undefined, want: 'accepted' },
])('in a page, $name: $want', ({ given, allowed, want }) => {
  vi.stubGlobal('document', {});
  const check = () => checkAuth(given, known, allowed);
  if (want === 'accepted') expect(check()).toBe(given);
  else {
    expect(check).toThrow(ConfigurationError);
    expect(check).toThrow('or set `dangerouslyAllowBrowser`');
    expect(check).not.toThrow('key-to-hide');
  }
});

afterEach(() => void vi.unstubAllGlobals());
