import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { App, LocalBackend, TerraformStack } from 'cdktf';
import { movedFrom } from 'cdktf-multicloud/core';
import { Defaults } from 'cdktf-multicloud/defaults';
import { GkeCluster, IsolatedNamespace, Workload } from 'cdktf-multicloud/gke';
import { WorkloadIdentityBinding } from 'cdktf-multicloud/identity';
import { Construct } from 'constructs';
import { join } from 'node:path';

/** Variants of a small program, as a team changes it over months. */
export interface Program {
  readonly stack?: string;
  /** Ids of the scopes of the service. */
  readonly scopes?: readonly string[];
  readonly oldPath?: string;
  readonly name?: string;
  readonly serviceAccountName?: string;
  readonly accountId?: string;
  readonly buckets?: readonly string[];
  readonly withService?: boolean;
}

const project = { id: 'books-dev', number: '100000000001' };

/** Everything that belongs to one service. */
class Service extends Construct {
  constructor(
    scope: Construct,
    id: string,
    cluster: GkeCluster | ReturnType<typeof GkeCluster.fromAttributes>,
    program: Program,
  ) {
    super(scope, id);
    const identity = new WorkloadIdentityBinding(this, 'identity', {
      cluster,
      namespace: 'books',
      serviceAccountName: program.serviceAccountName ?? 'reader',
      ...(program.accountId !== undefined && { googleServiceAccount: { accountId: program.accountId } }),
    });
    for (const name of program.buckets ?? ['covers']) identity.grants.bucketReader({ name });
    new Workload(this, 'workload', {
      name: program.name ?? 'reader',
      identity,
      image: 'us-docker.pkg.dev/books-dev/images/reader@sha256:' + '0'.repeat(64),
      port: 8080,
    });
  }
}

/** Synthesizes one variant and returns the folder of its stack. */
export function synthesizeProgram(outdir: string, program: Program = {}): string {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, program.stack ?? 'shop');
  new LocalBackend(stack, { path: 'terraform.tfstate' });
  new GoogleProvider(stack, 'google', { project: project.id });
  new KubernetesProvider(stack, 'kubernetes', { host: 'https://cluster.example' });
  Defaults.of(stack).set({ project, location: 'us-central1', owner: 'team-books', reason: 'reads books' });
  const cluster = GkeCluster.fromAttributes(stack, 'cluster', {
    project,
    name: 'books',
    location: 'us-central1',
  });
  new IsolatedNamespace(stack, 'namespace', { name: 'books' });
  if (program.withService !== false) {
    const ids = program.scopes ?? ['reader'];
    const scope = ids.slice(0, -1).reduce<Construct>((at, id) => new Construct(at, id), stack);
    const service = new Service(scope, ids.at(-1) ?? '', cluster, program);
    if (program.oldPath !== undefined) movedFrom(service, program.oldPath);
  }
  app.synth();
  return join(outdir, 'stacks', stack.node.id);
}
