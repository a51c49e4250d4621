import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// node build-child.mjs FILE COUNT: builds and writes one stack of COUNT workloads as FILE adds them.

const require = createRequire(import.meta.url);
const { GoogleProvider } = require('@cdktf/provider-google/lib/provider');
const { KubernetesProvider } = require('@cdktf/provider-kubernetes/lib/provider');
const { App, TerraformStack } = require('cdktf');
const { skipStackTraces } = require('cdktf-multicloud/core');

const [file, count] = process.argv.slice(2);
const { addWorkloads } = await import(new URL(file, import.meta.url));
skipStackTraces();

const IMAGE = `us-central1-docker.pkg.dev/books/images/books@sha256:${'4f53cda1'.repeat(8)}`;
const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
try {
  const start = performance.now();
  const app = new App({ outdir });
  const stack = new TerraformStack(app, 'books');
  new GoogleProvider(stack, 'google', { project: 'books-dev' });
  new KubernetesProvider(stack, 'kubernetes', {});
  addWorkloads(stack, IMAGE, Number(count));
  const built = performance.now();
  app.synth();
  const written = performance.now();

  const { resource } = JSON.parse(readFileSync(join(outdir, 'stacks/books/cdk.tf.json'), 'utf8'));
  console.log(JSON.stringify({ construct: built - start, synth: written - built, ...summary(resource) }));
} finally {
  rmSync(outdir, { recursive: true, force: true });
}

/** What was written, but for the names that construct paths make. */
function summary(resource) {
  const types = {};
  const bodies = [];
  for (const [type, ofType] of Object.entries(resource)) {
    types[type] = Object.keys(ofType).length;
    for (const { '//': comment, depends_on: dependsOn, ...rest } of Object.values(ofType)) {
      const { reason, owner } = comment;
      const waitsFor = dependsOn?.map((address) => address.split('.')[0]).sort();
      bodies.push(JSON.stringify([type, rest, reason, owner, waitsFor]));
    }
  }
  const text = bodies.sort().join('\n');
  return {
    types: JSON.stringify(types),
    bytes: text.length,
    digest: createHash('sha256').update(text).digest('hex'),
  };
}
