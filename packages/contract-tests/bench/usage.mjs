// Runs inside each server, by `node --import`: reports on request how much processor time the server has used.
process.on('message', () => process.send(process.cpuUsage()));
process.channel.unref();
