import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, LocalBackend, TerraformStack } from 'cdktf';
import { GkeCluster, GkeNetwork } from 'cdktf-multicloud/gke';
import { join } from 'node:path';
import { attempt, labProviders, noLab, planOf, run, temporaryFolder, testUnless } from './lab';

const scratch = temporaryFolder();

/** A cluster and an identity of its pods, in one stack. */
function stackWithBoth(name: string): string {
  const outdir = join(scratch, name);
  const app = new App({ outdir });
  const stack = new TerraformStack(app, 'both');
  new LocalBackend(stack, { path: 'terraform.tfstate' });
  const project = { id: 'books-dev', number: '100000000001' };
  new GoogleProvider(stack, 'google', { project: project.id });
  const network = new GkeNetwork(stack, 'network', { project, region: 'us-central1', name: 'books' });
  const cluster = new GkeCluster(stack, 'cluster', {
    project,
    name: 'books',
    location: 'us-central1',
    network,
    deletionProtection: false,
  });
  new KubernetesProvider(stack, 'kubernetes', { host: 'https://books.example.com' });
  cluster.addWorkloadIdentity('reader', {
    namespace: 'books',
    serviceAccountName: 'reader',
    googleServiceAccount: { accountId: 'books-reader' },
    reason: 'reads books',
    owner: 'team-books',
  });
  app.synth();
  return join(outdir, 'stacks', 'both');
}

const judged = testUnless(noLab);

judged('the IAM member of the pool waits for the cluster that makes the pool', () => {
  const { resources = [] } = planOf(stackWithBoth('planned'), scratch).configuration.root_module;
  const cluster = resources.find(({ type }) => type === 'google_container_cluster');
  const member = resources.find(({ type }) => type === 'google_service_account_iam_member');
  expect(member?.depends_on).toContain(cluster?.address);
});

judged('where the cluster cannot be made no IAM member is made, and the next apply makes both', () => {
  const folder = stackWithBoth('applied');
  const env = labProviders();
  const terraform = (...args: string[]) => run('terraform', args, { cwd: folder, env });
  const apply = ['apply', '-auto-approve', '-no-color'];
  const types = () =>
    terraform('state', 'list')
      .split('\n')
      .map((address) => address.split('.')[0]);

  terraform('init', '-no-color');
  const failed = attempt('terraform', apply, {
    cwd: folder,
    env: { ...env, LAB_FAIL: 'google_container_cluster.books' },
  });
  expect(failed.output).toContain('failure requested by LAB_FAIL');
  expect(failed.status).toBe(1);
  expect(types()).toContain('google_service_account');
  expect(types()).not.toContain('google_service_account_iam_member');
  expect(types()).not.toContain('kubernetes_service_account_v1');

  terraform(...apply);
  expect(types()).toEqual(
    expect.arrayContaining(['google_container_cluster', 'google_service_account_iam_member']),
  );
});
