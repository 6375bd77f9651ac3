// Twenty questions of someone who integrates with Comm100. Each is answered by the site alone, a few clicks from the start.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DIST } from '../src/serve.ts';
import { textOf } from './rendered.ts';

/** From the menu of every page. */
const guides = '/guide/first-request.html';

interface Question {
  question: string;
  /** The links that are clicked, one after the other, from the start page. */
  clicks: string[];
  /** What the last page says. */
  answer: string;
}

const questions: Question[] = [
  {
    question: 'Is version 1 or 2 the one for my account?',
    clicks: ['/#which-version-is-mine'],
    answer: 'A new program uses version 2.0',
  },
  {
    question: 'How do I send a first request?',
    clicks: [guides],
    answer: 'COMM100_API_KEY',
  },
  {
    question: 'Where do I find an API key?',
    clicks: [guides, '/guide/credentials.html'],
    answer: 'not where the Control Panel shows it',
  },
  {
    question: 'Should I use a token or a key?',
    clicks: [guides, '/guide/credentials.html'],
    answer: 'For a program that runs for a long time, use a token',
  },
  {
    question: 'Which address do I send requests to?',
    clicks: [guides, '/guide/hosts.html'],
    answer: 'the domain that your Control Panel opens on',
  },
  {
    question: 'How many requests may I send, and when does the count begin again?',
    clicks: [guides, '/guide/quota.html'],
    answer: 'It is reset at 0:00 UTC.',
  },
  {
    question: 'How do I get all pages of a list?',
    clicks: [guides, '/guide/paging.html'],
    answer: 'for await (const item of client.chats.list(',
  },
  {
    question: 'What does an error look like?',
    clicks: [guides, '/guide/errors.html'],
    answer: '"code": 400000',
  },
  {
    question: 'What does a 403 mean, and who can grant the permission?',
    clicks: [guides, '/guide/permissions.html'],
    answer: 'account.manageAgentAndGroups',
  },
  {
    question: 'Which edition has the reports?',
    clicks: [guides, '/guide/permissions.html'],
    answer: 'Enterprise',
  },
  {
    question: 'What is a date such as /Date(1741342385000)/?',
    clicks: [guides, '/guide/wire.html'],
    answer: 'milliseconds since 1970-01-01 UTC',
  },
  {
    question: 'How do I create a department?',
    clicks: ['/v2/departments.html#createDepartment'],
    answer: 'client.departments.create(',
  },
  {
    question: 'What replaced an operation of version 1.0?',
    clicks: ['/v1/departments.html'],
    answer: 'replaced by',
  },
  {
    question: 'What changed from version 1.0 to 2.0?',
    clicks: ['/guide/migration.html'],
    answer: 'operators',
  },
  {
    question: 'Which webhooks are there, and when are they sent?',
    clicks: [guides, '/guide/chat-life.html'],
    answer: 'offlineMessageSubmitted',
  },
  {
    question: 'Can I test without an account?',
    clicks: [guides, '/guide/mock.html'],
    answer: 'for the time before you have an account',
  },
  {
    question: 'How do I test my program in vitest or Jest?',
    clicks: [guides, '/guide/testing.html'],
    answer: 'createTestClient',
  },
  {
    question: 'How do I get a client for Python?',
    clicks: [guides, '/guide/languages.html'],
    answer: 'generate-client',
  },
  {
    question: 'Where is the OpenAPI file, or a Postman collection?',
    clicks: ['/guide/downloads.html'],
    answer: 'Postman',
  },
  {
    question: 'How sure is a fact that is written here?',
    clicks: ['/guide/certainty.html'],
    answer: 'inferred',
  },
];

const htmlOf = (url: string) => readFileSync(join(DIST, url.replace(/#.*/, '').replace(/\/$/, '/index.html')), 'utf8');
const plain = (html: string) => textOf(html.replace(/<(script|style)\b.*?<\/\1>/gs, '')).replace(/\s+/g, ' ');

test('has twenty questions', () => {
  expect(new Set(questions.map(({ question }) => question)).size).toBe(20);
});

test.each(questions)('answers in $clicks.length clicks: $question', ({ clicks, answer }) => {
  let page = htmlOf('/');
  for (const href of clicks) {
    expect(page).toContain(`href="${href}"`);
    page = htmlOf(href);
  }
  const [, anchor] = clicks.at(-1)?.split('#') ?? [];
  if (anchor) page = page.slice(page.indexOf(`id="${anchor}"`));
  expect(plain(page)).toContain(answer);
});
