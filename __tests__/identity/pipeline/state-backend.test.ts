import { reportOf } from '../../../lib/guardrails/report';
import { GcsStateBackend, PipelineIdentity, PipelineSource, S3StateBackend } from '../../../lib/identity';
import { readSynthesizedStack } from '../../../lib/model/synthesized-reader';
import { refusal, resources, sibling, synthesized, testStack, withAws } from '../../synth';

const account = { id: '210987654321', region: 'eu-west-1' };
const project = { id: 'my-project', number: '123456789012' };
const KEY = 'arn:aws:kms:eu-west-1:210987654321:key/0f3c1b9a';
const source = PipelineSource.github({
  owner: 'acme',
  ownerId: '11',
  repository: 'shop',
  repositoryId: '22',
});
const common = { source, plan: {}, apply: { environment: 'prod' }, reason: 'deploys the shop' };

function s3(props: object = {}) {
  const stack = withAws(testStack('state'));
  const backend = new S3StateBackend(stack, 'state', { bucketName: 'acme-state', account, ...props });
  return { stack, backend };
}

test('a stack stores its state in S3 with the native lock', () => {
  const { stack, backend } = s3({ kmsKeyArn: KEY });
  const books = sibling(stack, 'books');
  backend.configure(books);
  expect(synthesized(books).terraform.backend).toEqual({
    s3: {
      bucket: 'acme-state',
      key: 'books.tfstate',
      region: 'eu-west-1',
      encrypt: true,
      kms_key_id: KEY,
      use_lockfile: true,
    },
  });
});

test('a stack stores its state in Cloud Storage', () => {
  const stack = testStack('state');
  new GcsStateBackend(stack, 'state', { bucketName: 'acme-state', location: 'EU', project }).configure(stack);
  expect(synthesized(stack).terraform.backend).toEqual({ gcs: { bucket: 'acme-state', prefix: 'state' } });
  expect(resources(stack, 'google_storage_bucket')).toEqual([
    {
      project: 'my-project',
      name: 'acme-state',
      location: 'EU',
      uniform_bucket_level_access: true,
      public_access_prevention: 'enforced',
      versioning: { enabled: true },
      soft_delete_policy: { retention_duration_seconds: 2_592_000 },
      lifecycle: { prevent_destroy: true },
    },
  ]);
});

test('a second backend of a stack is rejected', () => {
  const { stack, backend } = s3();
  backend.configure(stack);
  expect(refusal(() => backend.configure(stack)).message).toBe(
    'state/state/configure: stack must have no backend (got "state"). Remove the backend of the stack, or do not configure it here.',
  );
});

test('plans read the state in S3, and only applies write and lock it', () => {
  const { stack, backend } = s3({ kmsKeyArn: KEY });
  const pipeline = withAws(sibling(stack, 'pipeline'));
  new PipelineIdentity(pipeline, 'ci', {
    ...common,
    stacks: [sibling(stack, 'books')],
    account,
    aws: { namePrefix: 'shop' },
    stateBackend: backend,
  });
  const arn = 'arn:aws:s3:::acme-state';
  const allow = (Action: string[], Resource: string) => ({ Effect: 'Allow', Action, Resource });
  expect(
    resources(pipeline, 'aws_iam_role_policy').map(
      ({ policy }) => (JSON.parse(String(policy)) as { Statement: unknown }).Statement,
    ),
  ).toEqual([
    [allow(['s3:ListBucket'], arn), allow(['s3:GetObject'], `${arn}/*.tfstate`), allow(['kms:Decrypt'], KEY)],
    [
      allow(['s3:ListBucket'], arn),
      allow(['s3:GetObject', 's3:PutObject'], `${arn}/*.tfstate`),
      allow(['s3:DeleteObject', 's3:GetObject', 's3:PutObject'], `${arn}/*.tfstate.tflock`),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], KEY),
    ],
  ]);
});

test('plans read the state in Cloud Storage, and applies write it', () => {
  const stack = testStack('state');
  const stateBackend = new GcsStateBackend(stack, 'state', {
    bucketName: 'acme-state',
    location: 'EU',
    project,
  });
  const pipeline = sibling(stack, 'pipeline');
  new PipelineIdentity(pipeline, 'ci', {
    ...common,
    stacks: [sibling(stack, 'books')],
    project,
    google: { poolPrefix: 'shop-ci' },
    stateBackend,
  });
  const email = (access: string) => `serviceAccount:shop-ci-${access}@my-project.iam.gserviceaccount.com`;
  expect(
    resources(pipeline, 'google_storage_bucket_iam_member').map(({ bucket, role, member }) => [
      bucket,
      role,
      member,
    ]),
  ).toEqual([
    ['acme-state', 'roles/storage.objectViewer', email('plan')],
    ['acme-state', 'roles/storage.objectUser', email('apply')],
  ]);
});

test('a bucket of the other cloud needs the access to that cloud', () => {
  const { stack, backend } = s3();
  expect(
    refusal(
      () =>
        new PipelineIdentity(stack, 'ci', {
          ...common,
          stacks: [sibling(stack, 'books')],
          project,
          google: { poolPrefix: 'shop-ci' },
          stateBackend: backend,
        }),
    ).message,
  ).toBe('state/ci: aws is required when stateBackend is a bucket of S3. Set it, or omit stateBackend.');
});

test.each(['s3', 'gcs'])('guardrails find nothing in the bucket of %s', (service) => {
  const stack = service === 's3' ? s3().stack : testStack('state');
  if (service === 'gcs')
    new GcsStateBackend(stack, 'state', { bucketName: 'acme-state', location: 'EU', project });
  const model = { stacks: [readSynthesizedStack(synthesized(stack), { name: 'state', dependencies: [] })] };
  expect(reportOf(model).findings.map(({ id, address }) => `${id} ${address}`)).toEqual([]);
});
