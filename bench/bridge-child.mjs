import { createRequire } from 'node:module';

// node bridge-child.mjs EVENT: loads the bundle, calls it twice, and sends what that took.

const event = JSON.parse(process.argv[2]);
const spent = (since) => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
};

const start = process.cpuUsage();
const { handler } = createRequire(import.meta.url)('../dist/runtime/bridge/index.js');
const load = spent(start);
await handler(event);
const cpu = spent(start);
const rss = process.memoryUsage.rss() / 2 ** 20;
const warm = process.cpuUsage();
await handler(event);
const second = spent(warm);

process.send({ load, cpu, second, rss, version: process.versions.node }, () => process.disconnect());
