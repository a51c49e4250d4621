import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environments } from '../../../stacks/environments';
import { PlatformStack } from '../../../stacks/platform-stack';
import { synthesize } from '../../../stacks/synthesize';
import { VertexStack } from '../../../stacks/vertex-stack';
import { WorkloadsStack } from '../../../stacks/workloads-stack';
import type { Configuration } from '../../synth';
import { Cluster, onCluster } from './cluster';
import { manifestsOf } from './manifests';

const outdir = mkdtempSync(join(tmpdir(), 'cdktf-multicloud-environments-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

synthesize(outdir, (app) => {
  for (const environment of environments) {
    const { cluster } = new PlatformStack(app, environment);
    new WorkloadsStack(app, environment, { cluster, vertex: new VertexStack(app, environment, cluster) });
  }
});

function manifests(stack: string) {
  const text = readFileSync(join(outdir, 'stacks', stack, 'cdk.tf.json'), 'utf8');
  return manifestsOf(JSON.parse(text) as Configuration);
}

onCluster('the workloads of each environment', () => {
  const cluster = new Cluster();
  beforeAll(() => cluster.start());
  afterAll(() => cluster.stop());

  test.each(environments.map(({ name }) => name))('%s are accepted, without a warning', (name) => {
    const all = manifests(`${name}-workloads`);
    // A dry run makes no namespace, and what is in one needs it.
    const namespaces = all.filter(({ kind }) => kind === 'Namespace');
    expect(cluster.apply(namespaces)).toMatchObject({ status: 0, stderr: '' });

    const { status, stdout, stderr } = cluster.apply(all, '--dry-run=server');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.match(/serverside-applied \(server dry run\)$/gm)).toHaveLength(all.length);
    expect(all.map(({ kind }) => kind)).toContain('Deployment');
  });
});
