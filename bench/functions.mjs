import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { harness } from './harness.mjs';
import { repository } from './measure.mjs';
import { against, print } from './table.mjs';

const RUNS = 7;
const GOALS = { bytes: 350_000, cpu: 200, rss: 128 };

/** The runtime of AWS Lambda is Node 22: `BENCH_NODE` names one where the current Node is another. */
const node = process.env.BENCH_NODE ?? process.execPath;

const TITLES = {
  jobs: 'Jobs on GKE',
  services: 'Call of a service',
  gates: 'Gate by a prediction',
  training: 'Training on Vertex AI',
  rotation: 'Rotation of a secret',
  'google-authorizer': 'Authorizer of calls by Google',
};

/** What a cold start of each function costs: loading it, and its first call with all requests for a token. */
export async function benchFunctions() {
  const { FIRST_CALLS } = harness('first-calls');
  for (const [bundle, make] of Object.entries(FIRST_CALLS)) await bench(bundle, TITLES[bundle], make());
}

async function bench(bundle, title, servers) {
  const file = join(repository, 'dist/runtime', bundle, 'index.js');
  const samples = [];
  for (let run = 0; run <= RUNS; run += 1) {
    await servers.start();
    const sample = await coldStart(file, servers.environment(), servers.event);
    if (run > 0) samples.push(sample);
    await servers.stop();
  }
  const median = (name) => samples.map((sample) => sample[name]).sort((a, b) => a - b)[RUNS >> 1];
  print(
    `${title} on Node ${samples[0].version} (median of ${RUNS})`,
    ['', 'figure'],
    [
      ['bundle, bytes', against(GOALS.bytes, statSync(file).size)],
      ['processor time of load, ms', median('load').toFixed(0)],
      ['processor time of load and first call, ms', against(GOALS.cpu, median('cpu'))],
      ['processor time of second call, ms', median('second').toFixed(1)],
      ['memory, MB', against(GOALS.rss, median('rss'))],
    ],
  );
}

function coldStart(file, env, event) {
  const child = spawn(
    node,
    [fileURLToPath(new URL('function-child.mjs', import.meta.url)), file, JSON.stringify(event)],
    {
      cwd: repository,
      env,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  );
  return new Promise((resolve, reject) => {
    let measured;
    child.on('message', (message) => (measured = message));
    child.on('close', (code) => (measured ? resolve(measured) : reject(new Error(`ended with ${code}`))));
  });
}
