import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const require = createRequire(import.meta.url);
const { readSynthesizedStack } = require('../dist/lib/model');
const { catalogue, reportOf } = require('../dist/lib/guardrails');

/** Stacks of the sample in production, repeated until there are enough resources. */
const size = Number(process.argv[2]);
const names = ['platform', 'workloads', 'vertex', 'orchestration'].map((name) => `prod-${name}`);
const texts = names.map((name) => readFileSync(`cdktf.out/stacks/${name}/cdk.tf.json`, 'utf8'));
const stacks = [];
let count = 0;
while (count < size) {
  for (const [at, text] of texts.entries()) {
    const stack = readSynthesizedStack(JSON.parse(text), { name: `${names[at]}-${count}` });
    stacks.push(stack);
    count += stack.resources.length + stack.providers.length;
  }
}
const began = process.cpuUsage();
const report = reportOf({ stacks });
const { user, system } = process.cpuUsage(began);
console.log(
  JSON.stringify({
    milliseconds: (user + system) / 1_000,
    resources: report.coverage.resources,
    rules: catalogue.length,
  }),
);
