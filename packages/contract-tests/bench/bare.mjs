import { createServer } from 'node:http';

// The least that a server on Node can do: read the body, and send bytes that are ready.

const [port, ...replies] = process.argv.slice(2);
const bodies = new Map(replies.map((reply) => JSON.parse(reply)));
const bytes = new Map([...bodies].map(([line, body]) => [line, Buffer.from(body)]));

createServer((request, response) => {
  request.on('data', () => {});
  request.on('end', () => {
    const body = bytes.get(`${request.method} ${request.url}`);
    response.writeHead(body ? 200 : 404, { 'content-type': 'application/json', 'content-length': body?.length ?? 0 });
    response.end(body);
  });
}).listen(Number(port), '127.0.0.1');
