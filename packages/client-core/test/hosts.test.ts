import { expect, test } from 'vitest';
import { type Address, ConfigurationError, resolveBaseUrl } from '../src/index.ts';

const hosts = {
  defaultDomain: 'one.example',
  domains: ['one.example', 'two.example'],
  retired: { 'old.example': 'two.example' },
};

test.each<{ given: Address; want: string }>([
  { given: {}, want: 'https://one.example' },
  { given: { domain: 'two.example' }, want: 'https://two.example' },
  { given: { domain: 'Two.Example' }, want: 'https://two.example' },
  { given: { baseUrl: 'http://127.0.0.1:4010/' }, want: 'http://127.0.0.1:4010' },
  { given: { baseUrl: 'http://localhost:4010' }, want: 'http://localhost:4010' },
  { given: { baseUrl: 'http://[::1]:4010' }, want: 'http://[::1]:4010' },
  { given: { baseUrl: 'https://proxy.example/api/' }, want: 'https://proxy.example/api' },
  { given: { baseUrl: 'https://proxy.example/comm100/' }, want: 'https://proxy.example/comm100' },
])('$given', ({ given, want }) => expect(resolveBaseUrl(given, hosts)).toBe(want));

test.each<{ given: Address; want: string }>([
  { given: { domain: 'old.example' }, want: "'old.example' was retired. Use 'two.example'." },
  { given: { domain: 'three.example' }, want: 'Use one of one.example, two.example;' },
  { given: { domain: 'https://one.example' }, want: 'is not a documented domain' },
  { given: { baseUrl: 'https://old.example' }, want: "Use 'two.example'." },
  { given: { baseUrl: 'http://one.example' }, want: 'is not https' },
  { given: { baseUrl: 'http://127.evil.example' }, want: 'is not https' },
  { given: { baseUrl: 'ftp://127.0.0.1' }, want: 'is not https' },
  { given: { baseUrl: 'one.example' }, want: 'is not a URL' },
  { given: { baseUrl: 'localhost:4010' }, want: "'localhost:4010' is not a URL" },
  { given: { baseUrl: 'https://one.example/?site=1' }, want: 'has credentials, a query or a fragment' },
  { given: { baseUrl: 'https://one.example/#x' }, want: 'has credentials, a query or a fragment' },
  { given: { baseUrl: 'https://a:b@one.example' }, want: 'has credentials' },
  {
    given: { baseUrl: 'http://localhost:4010/api/v2/' },
    want: "'/api/v2', which each call adds. Give 'http://localhost:4010'.",
  },
  { given: { baseUrl: 'https://a.example/b/api/v1/livechat' }, want: "Give 'https://a.example/b'." },
  { given: { domain: 'one.example', baseUrl: 'https://one.example' }, want: 'not both' },
  { given: { baseUrl: undefined }, want: 'baseUrl is empty. Is an environment variable not set?' },
  { given: { baseUrl: '' }, want: 'baseUrl is empty' },
  { given: { domain: 'one example' }, want: "'one example' is not a documented domain" },
  { given: { domain: undefined }, want: 'domain is empty' },
])('rejects $given', ({ given, want }) => {
  expect(() => resolveBaseUrl(given, hosts)).toThrow(want);
  expect(() => resolveBaseUrl(given, hosts)).toThrow(ConfigurationError);
});

test.each(['maya:to-hide@one.example', 'https://maya:to-hide@[one'])('shows no credential of %s', (baseUrl) => {
  expect(() => resolveBaseUrl({ baseUrl }, hosts)).toThrow('is not a URL');
  expect(() => resolveBaseUrl({ baseUrl }, hosts)).not.toThrow('to-hide');
});
