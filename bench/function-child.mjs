import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';

// node function-child.mjs BUNDLE EVENT: loads the bundle, calls it twice, and sends what that took.

const [, , bundle, event] = process.argv;
const asked = JSON.parse(event);
const call = { awsRequestId: randomUUID(), getRemainingTimeInMillis: () => 60_000 };
const spent = (since) => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
};

const start = process.cpuUsage();
const { handler } = createRequire(import.meta.url)(bundle);
const load = spent(start);
await handler(asked, call);
const cpu = spent(start);
const rss = process.memoryUsage.rss() / 2 ** 20;
const warm = process.cpuUsage();
await handler(asked, call);
const second = spent(warm);

process.send({ load, cpu, second, rss, version: process.versions.node }, () => process.disconnect());
