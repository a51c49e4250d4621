import { createRequire } from 'node:module';

// node scale-child.mjs BUNDLE EVENT: repeats a call as a state machine does until nothing is left, and sends the figures.

const [, , bundle, event] = process.argv;
const { handler } = createRequire(import.meta.url)(bundle);
const start = performance.now();
let calls = 0;
let answer;
do {
  calls += 1;
  answer = await handler(JSON.parse(event), { awsRequestId: `call-${calls}` }).catch(() => ({ left: false }));
} while (answer.left);
const seconds = (performance.now() - start) / 1000;
const rss = process.resourceUsage().maxRSS / 1024;

process.send({ calls, seconds, rss, version: process.versions.node }, () => process.disconnect());
