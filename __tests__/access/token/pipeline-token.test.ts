import { type TerraformStack } from 'cdktf';
import { StorageBucket } from '@cdktf/provider-google/lib/storage-bucket';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { PipelineIdentity, PipelineSource } from '../../../lib/identity';
import { readSynthesizedStack, type Model } from '../../../lib/model';
import { sibling, synthesized, testStack, withAws } from '../../synth';
import { explained, ISSUER } from './fixtures';

const stack = withAws(testStack('pipeline'));
const books = withAws(sibling(stack, 'books'));
new StorageBucket(books, 'bucket', { name: 'books', location: 'EU' });
new IamRole(books, 'role', { name: 'loader', assumeRolePolicy: '{}' });
new PipelineIdentity(stack, 'ci', {
  source: PipelineSource.github({ owner: 'acme', ownerId: '11', repository: 'shop', repositoryId: '22' }),
  plan: {},
  apply: { environment: 'prod' },
  stacks: [books as TerraformStack],
  reason: 'deploys the shop',
  account: { id: '210987654321', region: 'eu-west-1' },
  project: { id: 'my-project', number: '123456789012' },
  aws: { namePrefix: 'shop' },
  google: { poolPrefix: 'shop-ci' },
});
const model: Model = { stacks: [readSynthesizedStack(synthesized(stack), { name: 'pipeline' })] };
const run = {
  iss: ISSUER,
  sub: 'repo:acme@11/shop@22:environment:prod',
  repository_id: '22',
  repository_owner_id: '11',
  environment: 'prod',
  ref: 'refs/heads/main',
  run_id: '42',
  event_name: 'push',
};
const addresses = model.stacks[0]!.resources.flatMap(({ address, type }) =>
  /pool_provider$|openid_connect_provider$/.test(type) ? [address] : [],
);
const audienceOf = (address: string) => {
  const { values } = model.stacks[0]!.resources.find((each) => each.address === address)!;
  return `https://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/${String(values.workload_identity_pool_id)}/providers/${String(values.workload_identity_pool_provider_id)}`;
};
const results = (token: object) =>
  addresses.map((address) => {
    const aud = address.startsWith('aws') ? 'sts.amazonaws.com' : audienceOf(address);
    return explained(model, { ...token, aud }, address).result;
  });

test('the environment applies, a pull request plans, another repository does nothing', () => {
  expect(addresses).toHaveLength(3);
  expect(results(run).sort()).toEqual(['accepts', 'accepts', 'rejects']);
  const pull = {
    ...run,
    sub: 'repo:acme@11/shop@22:pull_request',
    environment: undefined,
    event_name: 'pull_request',
    ref: 'refs/pull/1/merge',
  };
  expect(results(pull).sort()).toEqual(['accepts', 'accepts', 'rejects']);
  expect(results(pull)).not.toEqual(results(run));
  expect(results({ ...run, repository_id: '23', sub: 'repo:acme@11/other@23:environment:prod' })).toEqual([
    'rejects',
    'rejects',
    'rejects',
  ]);
});
