import { runProgram } from '../examples/run';
import { all, only } from './written';

const stacks = runProgram('../programs/web');

test.each(['dev', 'prod'])('%s has a cluster of its own project in its own network', (env) => {
  const platform = stacks[`${env}-platform`]!;
  expect(only(platform, 'google_container_cluster')).toMatchObject({
    project: `shop-${env}`,
    location: 'europe-west1',
    network: `projects/shop-${env}/global/networks/shop`,
    resource_labels: { env },
  });
});

test.each(['dev', 'prod'])('%s has one restricted Deployment behind two NetworkPolicy rules', (env) => {
  const shop = stacks[`${env}-shop`]!;
  expect(only(shop, 'kubernetes_deployment_v1')).toMatchObject({
    metadata: { name: 'web', namespace: 'shop' },
  });
  expect(
    all(shop, 'kubernetes_network_policy_v1')
      .map(({ metadata }) => String(metadata!.name))
      .sort(),
  ).toEqual(['allow-dns', 'allow-google-apis', 'allow-metadata-server', 'default-deny', 'from-gateway']);
});

test.each(['dev', 'prod'])('the pods of %s read one secret and one bucket, with the reason', (env) => {
  const shop = stacks[`${env}-shop`]!;
  const granted = { '//': { reason: 'serves the shop' } };
  expect(only(shop, 'google_secret_manager_secret_iam_member')).toMatchObject({
    ...granted,
    role: 'roles/secretmanager.secretAccessor',
  });
  expect(only(shop, 'google_storage_bucket_iam_member')).toMatchObject({
    ...granted,
    role: 'roles/storage.objectViewer',
  });
  expect(shop.resource).not.toHaveProperty('google_service_account_key');
});
