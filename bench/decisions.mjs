import { createRequire } from 'node:module';

/*
 * Counted work of one comparison of allow policies of Google Cloud: the median CPU of 21 equal policies in another
 * order, and of 21 policies of which one binding is dropped.
 */

const require = createRequire(import.meta.url);
const { decide } = require('../dist/lib/access');
const { roles } = require('../dist/lib/access/permissions/predefined-roles.json');

const names = Object.keys(roles).filter((name) =>
  /^(compute|container|iam|logging|pubsub|run|storage)\./.test(name),
);

/** A policy with predefined roles, each for five users. */
const policyOf = (count) => ({
  bindings: names.slice(0, count).map((name, index) => ({
    role: `roles/${name}`,
    members: Array.from({ length: 5 }, (_, member) => `user:u${(index * 7 + member) % 200}@example.com`),
  })),
});

function median(work) {
  const times = Array.from({ length: 21 }, () => {
    const began = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1_000;
  });
  return times.sort((a, b) => a - b)[10].toFixed(1);
}

/** CPU of comparisons of allow policies of Google Cloud. */
export function benchDecisions() {
  for (const count of [5, 30, 100]) {
    const [a, b] = [policyOf(count), { bindings: policyOf(count).bindings.reverse() }];
    const less = { bindings: b.bindings.slice(1) };
    console.log(
      `${count} bindings: within ${median(() => decide('gcp-policy', a, b))} ms, broader ${median(() => decide('gcp-policy', a, less))} ms CPU`,
    );
  }
}
