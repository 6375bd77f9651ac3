// Loaded before a program with `--import`. Plain JavaScript for Node 20.
// Nothing leaves this machine: what the program sends to the service or to the documented port of the mock goes to the
// mock at COMM100_MOCK, and a connection to any other machine ends the program, with its name.
import { Socket } from 'node:net';

const mock = process.env.COMM100_MOCK;
const isStandIn = (origin) => ['https://hosted.comm100.com', 'http://127.0.0.1:4010'].includes(origin);

const send = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const { origin, href } = new URL(input instanceof Request ? input.url : input);
  if (!mock || !isStandIn(origin)) return send(input, init);
  const address = mock + href.slice(origin.length);
  return input instanceof Request ? send(new Request(address, input), init) : send(address, init);
};

const { connect } = Socket.prototype;
Socket.prototype.connect = function (...words) {
  const [first] = words.flat();
  const host = typeof first === 'object' ? (first.host ?? first.path) : undefined;
  const isLocal = host === undefined || /^(127\.|localhost$|::1$|\/|\\\\)/.test(host);
  if (isLocal) return connect.apply(this, words);
  // Ended at once, so that no program can catch it.
  console.error(`guard: a connection to ${host} was attempted`);
  process.exit(97);
};
