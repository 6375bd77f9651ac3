import { describe, expect, test } from 'vitest';
import { derive } from '../src/derived/index.ts';
import { codeBlock, codeGroup, highlight } from '../src/html/code.ts';
import { html } from '../src/html/html.ts';
import { slugOf } from '../src/html/links.ts';
import { block, inline, plainText } from '../src/html/markdown.ts';

describe('HTML', () => {
  test.each([
    { name: 'escapes text', given: html`<p>${'<b> & "q"'}</p>`, want: '<p>&lt;b&gt; &amp; &quot;q&quot;</p>' },
    { name: 'keeps HTML', given: html`<p>${html`<b>${1}</b>`}</p>`, want: '<p><b>1</b></p>' },
    {
      name: 'leaves out what is undefined or false',
      given: html`<p>${undefined}${false}${['a', 'b']}</p>`,
      want: '<p>ab</p>',
    },
    {
      name: 'escapes braces, which Vue would evaluate',
      given: html`<p>${'{{ 1 }}'}</p>`,
      want: '<p>&#123;&#123; 1 }}</p>',
    },
    {
      name: 'keeps the line breaks of a text, as entities',
      given: html`<i>${'a\n\nb'}</i>`,
      want: '<i>a&#10;&#10;b</i>',
    },
    {
      name: 'drops line breaks of the template, but not between attributes',
      given: html`
        <p class="a"
          id="b">
          ${'c'}
        </p>`,
      want: '<p class="a" id="b">c</p>',
    },
  ])('$name', ({ given, want }) => {
    expect(given.source).toBe(want);
  });
});

describe('Markdown of a description', () => {
  test.each([
    { given: inline('Send `a` *now*.').source, want: 'Send <code>a</code> <em>now</em>.' },
    { given: inline('<script>alert(1)</script>').source, want: '&lt;script&gt;alert(1)&lt;/script&gt;' },
    { given: block('One.\n\nTwo.').source, want: '<p>One.</p>&#10;<p>Two.</p>' },
    { given: plainText('Send `a`\n*now*.'), want: 'Send a now.' },
  ])('$want', ({ given, want }) => {
    expect(given).toBe(want);
  });
});

describe('A sample', () => {
  test.each([
    {
      name: 'JSON',
      given: highlight('{"a": ["b", 1, true]}', 'json'),
      want: '{<var>&quot;a&quot;</var>: [<i>&quot;b&quot;</i>, <u>1</u>, <b>true</b>]}',
    },
    {
      name: 'TypeScript',
      given: highlight("await f({ id: 'x' })", 'ts'),
      want: `<b>await</b> f({ <var>id</var>: <i>'x'</i> })`,
    },
    {
      name: 'Python',
      given: highlight('get(f"{url}/x", auth=auth, json={"on": True})', 'py'),
      want: 'get(<i>f&quot;{url}/x&quot;</i>, <var>auth</var>=auth, <var>json</var>={<var>&quot;on&quot;</var>: <b>True</b>})',
    },
    {
      name: 'the shell',
      given: highlight('curl x \\\n  -X PUT', 'sh'),
      want: '<b>curl</b> x<samp> \\</samp>&#10;  <var>-X</var> PUT',
    },
    { name: 'text', given: highlight('curl <a>', 'text'), want: 'curl &lt;a&gt;' },
  ])('of $name is coloured and escaped', ({ given, want }) => {
    expect(given.source).toBe(want);
  });

  test('is one HTML block, even if it has several lines', () => {
    expect(codeBlock('a\n\nb', 'text').source).not.toContain('\n');
  });
});

test('A group of samples shows the first, which its choice says', () => {
  const { source } = codeGroup('x', [
    { label: 'curl', language: 'sh', code: 'curl' },
    { label: 'Python', language: 'py', code: 'print()' },
  ]);
  expect([...source.matchAll(/<input[^>]*id="([^"]*)"[^>]* checked>/g)].map(([, id]) => id)).toEqual(['x-0']);
  expect([...source.matchAll(/class="(language-[^"]*)"/g)].map(([, name]) => name)).toEqual([
    'language-sh active',
    'language-py',
  ]);
});

test.each([
  { given: 'Canned message categories', want: 'canned-message-categories' },
  { given: 'Visitor SSO', want: 'visitor-sso' },
  { given: 'Real-time reports', want: 'real-time-reports' },
])('The address of "$given"', ({ given, want }) => {
  expect(slugOf(given)).toBe(want);
});

describe('A comment in a guide that cannot be derived', () => {
  test.each([
    { given: 'weather v2', want: 'There is no derivation "weather".' },
    { given: 'servers v9', want: 'There is no version "v9". Known are: v2, v1.' },
    { given: 'curl v2 pitchTent', want: 'Version 2.0 has no operation "pitchTent".' },
    { given: 'operations v2 tents', want: 'Version 2.0 has no resource "tents".' },
    { given: 'client-fields Teapot', want: 'The source of the client has no "Teapot".' },
    { given: 'with-field v2 teapot', want: 'No response of version 2.0 has a field "teapot".' },
    { given: 'error-example Teapot short', want: 'There is no shared response "Teapot".' },
    { given: 'error-example Forbidden short', want: 'The shared response "Forbidden" has no example "short".' },
  ])('fails the build: $want', ({ given, want }) => {
    expect(() => derive(given)).toThrow(want);
  });
});
