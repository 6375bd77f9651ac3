// Writes a report as the comment of the change that it is about, or changes the comment that is there.
// Plain JavaScript for Node 20: nothing needs to be installed for it.
//
//   node scripts/release/comment.mjs report.md
//
// It runs after another workflow, with the right to write comments and with nothing of the change but the report. Which
// change that is, is in the event of the forge, not in the report.
import { readFileSync } from 'node:fs';

const mark = '<!-- surface of the API -->';
const most = 60_000;

const {
  GITHUB_API_URL: api,
  GITHUB_REPOSITORY: repository,
  GITHUB_TOKEN: token,
  GITHUB_EVENT_PATH: event,
} = process.env;
const [file] = process.argv.slice(2);
if (!api || !repository || !token || !event || !file) {
  console.error('comment.mjs needs GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_TOKEN, GITHUB_EVENT_PATH and a file.');
  process.exit(2);
}

const { workflow_run: run } = JSON.parse(readFileSync(event, 'utf8'));
const head = encodeURIComponent(`${run.head_repository.owner.login}:${run.head_branch}`);
const changes = await call('GET', `pulls?state=open&head=${head}`);
const change = changes.find(({ head: { sha } }) => sha === run.head_sha);
if (!change) console.log('No open change has this commit.');
else {
  const text = readFileSync(file, 'utf8').trim();
  const body = `${mark}\n${text.length > most ? `${text.slice(0, most)}\n\n… The report is longer.` : text}`;
  const comments = await call('GET', `issues/${change.number}/comments?per_page=100`);
  const own = comments.find((comment) => comment.user?.type === 'Bot' && comment.body?.startsWith(mark));
  if (own) await call('PATCH', `issues/comments/${own.id}`, { body });
  else await call('POST', `issues/${change.number}/comments`, { body });
  console.log(`${own ? 'Changed' : 'Wrote'} the comment of change ${change.number}.`);
}

async function call(method, path, body) {
  const response = await fetch(`${api}/repos/${repository}/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok)
    throw new Error(`${method} ${path} got ${response.status}: ${(await response.text()).slice(0, 500)}`);
  return response.json();
}
