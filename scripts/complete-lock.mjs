import { readFileSync, writeFileSync } from 'node:fs';

/*
 * Completes package-lock.json. Run after `npm install`: node scripts/complete-lock.mjs
 *
 * - Adds the binaries of other platforms. npm omits them when the configured registry does not have them, and `npm ci`
 *   then rejects the lock on every platform.
 * - Removes the engine of packages that run on Node 20 although they declare a newer one, because `npm ci` prints a
 *   warning for them.
 */

/** The interpreter of state machines. `starter-states.test.ts` runs it on Node 20, the lanes run it on Node 22. */
const RUNS_ON_NODE_20 = ['aws-local-stepfunctions'];

const OS = ['darwin', 'linux', 'win32', 'android', 'freebsd', 'openharmony'];
const CPU = ['x64', 'arm64', 'ia32', 'arm', 'ppc64', 's390x', 'riscv64', 'loong64'];

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
let added = 0;
for (const [path, { optionalDependencies = {}, dev, optional }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const nested = `${path}/node_modules/${name}`;
    const hoisted = `node_modules/${name}`;
    if (lock.packages[nested] || lock.packages[hoisted] || path === '') continue;
    const words = name.split(/[/-]/);
    const os = OS.find((each) => words.includes(each));
    const cpu = CPU.find((each) => words.includes(each));
    if (!os || !cpu || !/^\d+\.\d+\.\d+/.test(version))
      throw new Error(`${name}@${version}: name must contain an operating system and a processor.`);
    lock.packages[hoisted] = {
      version,
      cpu: [cpu],
      ...(dev || optional ? { dev: true } : {}),
      license: 'MIT',
      optional: true,
      os: [os],
    };
    added += 1;
  }
}
for (const name of RUNS_ON_NODE_20) delete lock.packages[`node_modules/${name}`].engines;
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} packages of other platforms added`);
