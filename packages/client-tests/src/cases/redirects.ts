import type { Case, Want } from '../suite.ts';
import { department, good, read } from './fixtures.ts';

const to = (location: string, status = 302) => ({ status, headers: { location } });
/** What the client says of a redirect that it does not follow. A browser shows neither the status nor the address. */
const notFollowed = {
  code: 'unexpected_status',
  message: /: a redirect; the client follows those of reads, within the origin/,
};
const stays = (status: number): Pick<Case, 'want' | 'inBrowsers'> => ({
  want: { error: { ...notFollowed, status }, sent: [read] },
  inBrowsers: hidden,
});
const hidden: Want = { error: { ...notFollowed, status: 0 }, sent: 1 };
const moved = 'GET /moved?page=1 Bearer t0';

const outside: readonly { name: string; location: string }[] = [
  { name: 'another port', location: '{elsewhere}/moved' },
  { name: 'another port, with a key in the address', location: '{elsewhere}/moved?apiKey=x' },
  { name: 'another host', location: '{localhost}/moved' },
  { name: 'an address without a scheme', location: '//example.invalid/moved' },
  { name: 'https', location: 'https://127.0.0.1:1/moved' },
  { name: 'data', location: 'data:application/json,{}' },
  { name: 'a file', location: 'file:///etc/hostname' },
];

export const redirects: readonly Case[] = [
  ...[301, 302, 303, 307, 308].map(
    (status): Case => ({
      name: `a ${status} of a read within the origin is followed, with the key`,
      script: { replies: [to('{root}/moved?page=1', status), good] },
      want: { value: department, sent: [read, moved] },
      inBrowsers: hidden,
    }),
  ),
  {
    name: 'a redirect to a full address of the same origin is followed',
    script: { replies: [to('{here}/moved?page=1'), good] },
    want: { value: department, sent: [read, moved] },
    inBrowsers: hidden,
  },
  {
    name: 'a redirect to an address with a password is followed without it',
    script: { replies: [to('http://maya:x@{host}/moved?page=1#top'), good] },
    want: { value: department, sent: [read, moved] },
    inBrowsers: hidden,
  },
  {
    name: 'a redirect whose own body never ends is followed',
    script: { replies: [{ ...to('{root}/moved?page=1'), json: department, silent: 'in body' }, good] },
    want: { value: department, sent: [read, moved] },
    inBrowsers: { error: { code: /./ }, sent: 1 },
    settings: { timeout: 3000, retries: 0 },
  },
  {
    name: 'a redirect to a response that fails is begun again from the first address',
    script: { replies: [to('{root}/moved?page=1'), { status: 503 }, to('{root}/moved?page=1'), good] },
    want: { value: department, sent: [read, moved, read, moved] },
    inBrowsers: hidden,
  },
  {
    name: 'five redirects in a row are followed',
    script: { replies: [...Array.from({ length: 5 }, () => to('{root}/moved?page=1')), good] },
    want: { value: department, sent: 6 },
    inBrowsers: hidden,
  },
  {
    name: 'redirects that lead back to themselves end',
    script: { replies: [to('{root}/api/v2/livechat/departments/1')] },
    want: { error: { ...notFollowed, status: 302 }, sent: 6 },
    inBrowsers: hidden,
  },
  ...outside.map(
    ({ name, location }): Case => ({
      name: `a redirect of a read to ${name} is not followed`,
      script: { replies: [to(location)] },
      ...stays(302),
    }),
  ),
  {
    name: 'a redirect of a read to what is no address is not followed',
    script: { replies: [to('http://[')] },
    settings: { retries: 0 },
    want: { error: { ...notFollowed, status: 302 }, sent: [read] },
    // fetch itself rejects there.
    inBrowsers: { error: { code: 'connection_failed' }, sent: 1 },
  },
  {
    name: 'a redirect without an address is not followed',
    script: { replies: [{ status: 302 }] },
    // fetch gives a browser a redirect without an address as it is.
    want: { error: { ...notFollowed }, sent: [read] },
  },
  {
    // The address of the server stands in for an https address, whichever runtime that is.
    name: 'a redirect from https to http of the same host is not followed',
    script: { replies: [to('http://service.test{root}/moved')] },
    run: ({ create, here }) => {
      const { origin, pathname } = new URL(here);
      return create({
        baseUrl: `https://service.test${pathname}`,
        fetch: (request, init) => fetch(request.url.replace(/^https?:\/\/service\.test/, origin), init),
      }).departments.get(1);
    },
    ...stays(302),
  },
  // fetch would send a GET in place of a POST and report a success, or send the body to the other address.
  ...[301, 302, 303, 307, 308].map(
    (status): Case => ({
      name: `a ${status} of a write is not followed, within the origin either`,
      script: { replies: [to('{root}/moved', status), good] },
      run: ({ client }) => client.departments.update(1, { name: 'Returns' }),
      want: {
        error: { ...notFollowed, status },
        sent: ['PUT /api/v2/livechat/departments/1 Bearer t0'],
      },
      inBrowsers: hidden,
    }),
  ),
  {
    name: 'a redirect of a write to another origin: its body stays here',
    script: { replies: [to('{elsewhere}/moved', 307)] },
    run: ({ client }) => client.departments.create({ name: 'Returns' }),
    want: { error: notFollowed, sent: ['POST /api/v2/livechat/departments Bearer t0'] },
  },
  {
    name: 'a redirect of a request for a token: the password stays here',
    script: { tokens: [to('{elsewhere}/oauth/token', 307)] },
    settings: { auth: { type: 'oauth', email: 'maya@larkspur.example', password: 'password-to-hide' }, retries: 0 },
    want: { error: notFollowed, sent: ['POST /oauth/token'] },
  },
  {
    name: 'a 304 that nobody asked for is an error',
    script: { replies: [{ status: 304 }] },
    want: { error: { code: 'unexpected_status', status: 304 }, sent: 1 },
  },
];
