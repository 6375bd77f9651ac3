import { readFileSync } from 'node:fs';
import type { Incoming, Outgoing } from '@comm100-openapi/mock-core';

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
};

/**
 * The page has its own files only, evaluates no text, and is in no frame.
 *
 * @see https://www.w3.org/TR/CSP3/
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The files by their path in the mock, each read when it is first asked for. */
const files = new Map<string, Outgoing>();

/** The page of the mock for a browser that asks for `/`, and the files that it loads; `undefined` for all other requests. */
export function pageFor(incoming: Pick<Incoming, 'method' | 'url' | 'header'>): Outgoing | undefined {
  const { method, url } = incoming;
  if (method !== 'GET' && method !== 'HEAD') return undefined;
  const [path = ''] = url.split(/[?#]/, 1);
  if (path === '/') return /\btext\/html\b/i.test(incoming.header('accept') ?? '') ? fileOf('index.html') : undefined;
  const [, name] = /^\/__mock\/page\/([a-z]+\.(?:css|js))$/.exec(path) ?? [];
  return name === undefined ? undefined : fileOf(name);
}

function fileOf(name: string): Outgoing | undefined {
  const known = files.get(name);
  if (known) return known;
  const [, extension = ''] = name.split('.');
  // Scripts are compiled, and all else is as it was written.
  const url = new URL(`../${extension === 'js' ? 'dist' : 'src'}/page/${name}`, import.meta.url);
  let body: string;
  try {
    body = readFileSync(url, 'utf8');
  } catch {
    return undefined;
  }
  const headers = {
    'content-type': types[extension] ?? '',
    'content-security-policy': policy,
    'cache-control': 'no-cache',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    ...(name === 'index.html' && { vary: 'accept' }),
  };
  const file = { status: 200, headers, body, remarks: [] };
  files.set(name, file);
  return file;
}
