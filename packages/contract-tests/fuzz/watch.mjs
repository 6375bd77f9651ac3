// Runs inside the server under test, by `node --import`. It reports on request how long a turn of the loop took at most,
// in processor time so that a busy machine does not count, and how much memory is in use.
let before = process.cpuUsage();
let longest = 0;

setInterval(() => {
  const { user, system } = process.cpuUsage(before);
  longest = Math.max(longest, (user + system) / 1000);
  before = process.cpuUsage();
}, 1).unref();

process.on('message', (message) => {
  if (message === 'reset') longest = 0;
  globalThis.gc();
  process.send({ longest, memory: process.memoryUsage().heapUsed / 2 ** 20 });
});
process.channel.unref();
