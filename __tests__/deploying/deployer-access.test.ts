import { PubsubTopic } from '@cdktf/provider-google/lib/pubsub-topic';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DeployerAccess } from '../../lib/deploying';
import { testStack } from '../synth';
import { access, output, queue, root, topic } from './synthesized';

afterAll(() => rmSync(root, { recursive: true, force: true }));

test('types without permissions are listed', () => {
  const { unknownTypes } = access({
    resource: {
      terraform_data: { note: {} },
      random_id: { suffix: {} },
      kubernetes_manifest: { route: { manifest: { apiVersion: 'v1', kind: 'HTTPRoute' } } },
    },
    data: { aws_caller_identity: { me: {} } },
  });
  expect(unknownTypes).toEqual(['data.aws_caller_identity', 'kubernetes_manifest', 'random_id']);
});

test('a stack comes after the stacks that it depends on', () => {
  const outdir = output({
    workloads: { dependencies: ['platform'], configuration: queue },
    platform: { configuration: topic },
  });
  const all = DeployerAccess.fromOutput(outdir);
  expect(all.stacks).toEqual(['platform', 'workloads']);
  expect(all.providers).toEqual(['aws', 'google']);
  const platform = DeployerAccess.fromOutput(outdir, { stacks: ['platform'] });
  expect(platform.providers).toEqual(['google']);
  expect(platform.aws).toEqual([]);
});

test('stacks that are not synthesized yet have the same needs', () => {
  const stack = testStack();
  new PubsubTopic(stack, 'orders', { name: 'orders' });
  const { google, stacks } = DeployerAccess.fromStacks([stack]);
  expect(stacks).toEqual(['prod']);
  expect(google).toEqual(access(topic).google);
});

test('rejects a stack that the app does not have', () => {
  expect(() => access(topic, { stacks: ['platfrom'] })).toThrow(
    'stacks must name stacks of the app (got "platfrom"). The app has app.',
  );
});

test('rejects a folder without a synthesized app', () => {
  const folder = join(root, 'nothing');
  expect(() => DeployerAccess.fromOutput(folder)).toThrow(
    `outdir must be the output folder of a synthesized app (got "${folder}"). Reading manifest.json failed. Run the synth first.`,
  );
});

test('writes one file for each role and policy', () => {
  const outdir = output({
    app: { configuration: topic },
    etl: { configuration: queue },
    web: { configuration: { resource: { kubernetes_service_v1: { web: {} } } } },
  });
  const folder = join(root, 'files');
  const paths = DeployerAccess.fromOutput(outdir).writeFiles(folder);
  expect(paths).toEqual(
    ['google-my-project.json', 'aws-123456789012-1.json', 'cluster-role.json'].map((name) =>
      join(folder, name),
    ),
  );
  const [role, policy, clusterRole] = paths.map((path) => JSON.parse(readFileSync(path, 'utf8')) as object);
  expect(role).toHaveProperty('includedPermissions');
  expect(policy).toHaveProperty('Version', '2012-10-17');
  expect(clusterRole).toHaveProperty('kind', 'ClusterRole');
});
