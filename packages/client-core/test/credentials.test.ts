import { describe, expect, test } from 'vitest';
import { basic, bearer, ConfigurationError, fetchedBearer, jwtExpiry } from '../src/index.ts';
import { rejection, service } from './helpers.ts';

describe('Basic', () => {
  test.each([
    { email: 'maya@larkspur.example', apiKey: '0001', want: 'Basic bWF5YUBsYXJrc3B1ci5leGFtcGxlOjAwMDE=' },
    // The test vector of RFC 7617, section 2.1: characters outside ASCII are sent as UTF-8.
    { email: 'test', apiKey: '123£', want: 'Basic dGVzdDoxMjPCow==' },
    { email: 'a', apiKey: 'b:c', want: `Basic ${btoa('a:b:c')}` },
  ])('$email:$apiKey', async ({ email, apiKey, want }) => {
    expect(await basic(email, apiKey).authorization()).toBe(want);
  });

  test('rejects an email with a colon', () => {
    expect(() => basic('a:b', 'x')).toThrow(ConfigurationError);
    expect(() => basic('a:b', 'x')).toThrow('colon');
  });
});

describe('a given token', () => {
  test('is sent as it is', async () => expect(await bearer('abc').authorization()).toBe('Bearer abc'));

  // The error of fetch about such a header shows the token.
  test.each(['two\nlines', 'two words', 'a’b', 'tail\n'])('must be possible in a header: %j', (token) => {
    expect(() => bearer(token)).toThrow(ConfigurationError);
    expect(() => bearer(token)).not.toThrow(token);
  });
});

describe('a fetched token', () => {
  function source(lifetime: number | undefined) {
    let now = 0;
    let fetched = 0;
    const credentials = fetchedBearer(
      async () => {
        fetched++;
        return { token: `token-${fetched}`, expiresAt: lifetime === undefined ? undefined : now + lifetime };
      },
      () => now,
    );
    return { credentials, pass: (time: number) => (now += time), fetched: () => fetched };
  }

  test('is fetched once for all calls that wait for it', async () => {
    const { credentials, fetched } = source(60_000);
    const headers = await Promise.all([1, 2, 3].map(() => credentials.authorization()));
    expect(headers).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-1']);
    expect(fetched()).toBe(1);
  });

  test('is kept until shortly before it expires, then fetched again', async () => {
    const { credentials, pass } = source(60_000);
    await credentials.authorization();
    pass(29_000);
    expect(await credentials.authorization()).toBe('Bearer token-1');
    pass(2_000);
    expect(await credentials.authorization()).toBe('Bearer token-2');
  });

  test('is kept where its expiry is not known', async () => {
    const { credentials, pass } = source(undefined);
    await credentials.authorization();
    pass(1e12);
    expect(await credentials.authorization()).toBe('Bearer token-1');
  });

  test('is fetched again after a failure', async () => {
    let tries = 0;
    const credentials = fetchedBearer(async () => {
      if (++tries === 1) throw new Error('down');
      return { token: 'late' };
    });
    expect(await rejection(credentials.authorization())).toMatchObject({ message: 'down' });
    expect(await credentials.authorization()).toBe('Bearer late');
  });

  test.each([{ token: undefined as never }, { token: '' }, { token: 'two\nlines' }])(
    'that is not a token is an error: %j',
    async (token) => {
      const { calls, sent } = service([], { credentials: fetchedBearer(async () => token) });
      const error = await rejection(calls.get('/things'));
      expect(error).toMatchObject({
        code: 'invalid_value',
        message: expect.stringContaining('has no token that can be sent'),
      });
      expect((error as Error).message).not.toContain('lines');
      expect(sent).toEqual([]);
    },
  );
});

describe('the expiry of a JSON Web Token', () => {
  const jwt = (claims: string) => `e30.${Buffer.from(claims).toString('base64url')}.s`;
  const receivedAt = Date.parse('2025-03-07T09:12:45Z');
  const seconds = receivedAt / 1000;
  test.each([
    { name: 'exp alone', token: jwt(`{"exp":${seconds + 60}}`), want: receivedAt + 60_000 },
    { name: 'iat and exp', token: jwt(`{"iat":${seconds},"exp":${seconds + 60}}`), want: receivedAt + 60_000 },
    {
      name: 'iat and exp by a clock that is an hour behind',
      token: jwt(`{"iat":${seconds - 3600},"exp":${seconds - 3000}}`),
      want: receivedAt + 600_000,
    },
    { name: 'exp alone, and passed already', token: jwt(`{"exp":${seconds - 3000}}`), want: undefined },
    {
      name: 'text outside ASCII',
      token: jwt(`{"name":"Ünïcode>>>???","exp":${seconds + 1}}`),
      want: receivedAt + 1000,
    },
    { name: 'no claims', token: jwt('{}'), want: undefined },
    { name: 'no JSON', token: jwt('no json'), want: undefined },
    { name: 'an exp that is not a number', token: jwt('{"exp":"soon"}'), want: undefined },
    { name: 'no JSON Web Token', token: 'opaque', want: undefined },
    { name: 'nothing', token: undefined as never, want: undefined },
    { name: 'no Base64', token: 'a.%%%.c', want: undefined },
  ])('$name', ({ token, want }) => expect(jwtExpiry(token, receivedAt)).toBe(want));
});
