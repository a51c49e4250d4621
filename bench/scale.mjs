import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { harness } from './harness.mjs';
import { repository } from './measure.mjs';
import { against, print } from './table.mjs';

const JOBS = 10_000;
const PODS = 500;
const POD_BYTES = 230_000;
const REQUEST_MS = 100;
const GOAL_MB = 128;
const UID = 'u1';
/** Limits that AWS Lambda sets for a function of 128 MB: 90 % and 5 % of its memory. */
const HEAP = ['--max-old-space-size=115', '--max-semi-space-size=6'];

const node = process.env.BENCH_NODE ?? process.execPath;
const bundle = join(repository, 'dist/runtime/jobs/index.js');

/** The clean-up of many Jobs of one execution, and the poll of a Job with many large pods. */
export async function benchScale() {
  const { CALLER, EXECUTION, Harness, pollRequest } = harness('harness');
  const servers = new Harness();
  await servers.start();
  const environment = {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: CALLER.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CALLER.secretAccessKey,
    AWS_SESSION_TOKEN: CALLER.sessionToken,
    AWS_ENDPOINT_URL_STS: servers.tokens.stsEndpoint,
    JOB_TARGET: JSON.stringify(servers.target()),
  };
  const called = async (behaviour, event) => {
    servers.api.requests.length = 0;
    servers.api.behaviour = async (request) => {
      await sleep(REQUEST_MS);
      return behaviour(request);
    };
    const measured = await run(environment, event);
    return { ...measured, requests: servers.api.requests.length };
  };
  const cleanup = await called(manyJobs(), { action: 'cancel', execution: EXECUTION });
  const pods = await called(manyPods, pollRequest());
  await servers.stop();
  print(
    `Many objects, at ${REQUEST_MS} ms a request, on Node ${cleanup.version}`,
    ['', 'calls', 'requests', 'seconds', 'memory, MB'],
    [row(`${JOBS} Jobs are cleaned up`, cleanup), row(`${PODS} failed pods of ${POD_BYTES} bytes`, pods)],
  );
}

function row(title, { calls, requests, seconds, rss }) {
  return [title, calls, requests, seconds.toFixed(1), against(GOAL_MB, rss)];
}

/** An API server with Jobs of one execution, page by page. */
function manyJobs() {
  const jobs = new Map(
    Array.from({ length: JOBS }, (_, index) => [`train-${index}`, jobOf(`train-${index}`)]),
  );
  return ({ method, path, query }) => {
    if (method === 'DELETE') {
      jobs.delete(path.split('/').at(-1));
      return { status: 200 };
    }
    const [after, limit] = [query.get('continue') ?? '', Number(query.get('limit'))];
    const names = [...jobs.keys()].sort().filter((name) => name > after);
    const items = names.slice(0, limit).map((name) => jobs.get(name));
    return {
      status: 200,
      body: { items, metadata: names.length > limit ? { continue: names[limit - 1] } : {} },
    };
  };
}

/** A Job as the library makes it, with about 3 kB. */
function jobOf(name, status = {}) {
  const metadata = { name, uid: name, creationTimestamp: '2026-01-01T00:00:00Z' };
  return { metadata: { ...metadata, annotations: { arguments: 'a'.repeat(3_000) } }, status };
}

/** A failed Job with pods that have large arguments. */
function manyPods({ path, query }) {
  if (!path.endsWith('/pods')) {
    const failed = [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded' }];
    const { metadata } = jobOf(path.split('/').at(-1));
    return { status: 200, body: { metadata: { ...metadata, uid: UID }, status: { conditions: failed } } };
  }
  const [first, limit] = [Number(query.get('continue') ?? 0), Number(query.get('limit'))];
  const next = first + limit;
  const items = Array.from({ length: Math.min(limit, PODS - first) }, (_, index) => podOf(first + index));
  return { status: 200, body: { items, metadata: next < PODS ? { continue: String(next) } : {} } };
}

function podOf(index) {
  return {
    metadata: {
      name: `pod-${index}`,
      uid: `pod-${index}`,
      ownerReferences: [{ uid: UID, controller: true }],
    },
    spec: { containers: [{ name: 'job', args: [`${index}`.padEnd(POD_BYTES, 'a')] }] },
    status: {
      phase: 'Failed',
      containerStatuses: [{ name: 'job', state: { terminated: { exitCode: 1, message: 'no data' } } }],
    },
  };
}

function run(env, event) {
  const script = fileURLToPath(new URL('scale-child.mjs', import.meta.url));
  const child = spawn(node, [...HEAP, script, bundle, JSON.stringify(event)], {
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    let measured;
    child.on('message', (message) => (measured = message));
    child.on('close', (code) => (measured ? resolve(measured) : reject(new Error(`ended with ${code}`))));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await benchScale();
