import { readFileSync, writeFileSync } from 'node:fs';

/*
 * Puts the binaries of other platforms back into package-lock.json. npm leaves them out when the registry it is
 * pointed at does not carry them, and `npm ci` then refuses the lock, here and on every other platform.
 * Run after `npm install`: node scripts/complete-lock.mjs
 */

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
      throw new Error(`what platform is ${name}@${version} for?`);
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
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} packages of other platforms added`);
