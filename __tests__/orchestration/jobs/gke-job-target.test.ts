import type { TerraformStack } from 'cdktf';
import { refusal, resource, resources, sibling, synthesized, withAws, type Json } from '../../synth';
import { orchestrationStack, platform, target } from '../fixtures';
import { madeBy, statements } from '../triggers/fixtures';
import { ROLE, stackWith } from './target-fixtures';

const EMAIL = 'etl-gke-jobs@my-project.iam.gserviceaccount.com';

/** What the functions of a target are told. */
const settings = (stack: TerraformStack) =>
  resources(stack, 'aws_lambda_function').map(
    ({ environment }) => JSON.parse(String(environment!.variables!.JOB_TARGET)) as Json,
  );

test('a target is two functions, the role and the account that they act as, and what that may do in one namespace', () => {
  expect(madeBy(stackWith(), 'etl')).toMatchSnapshot();
});

test('its functions are told what they may reach, and hold no secret', () => {
  const [submit, cleanup] = settings(stackWith());
  expect(submit).toEqual(cleanup);
  expect(submit).toMatchInlineSnapshot(`
   {
     "cluster": {
       "host": "\${data.google_container_cluster.gke-clusters_9152ce06_097F91F1.control_plane_endpoints_config[0].dns_endpoint_config[0].endpoint}",
       "id": "projects/my-project/locations/us-central1/clusters/main",
     },
     "credentials": {
       "audience": "//iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/aws-roles/providers/aws-210987654321",
       "credential_source": {
         "environment_id": "aws1",
         "regional_cred_verification_url": "https://sts.{region}.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15",
       },
       "service_account_impersonation_url": "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/etl-gke-jobs@my-project.iam.gserviceaccount.com:generateAccessToken",
       "subject_token_type": "urn:ietf:params:aws:token-type:aws4_request",
       "token_url": "https://sts.googleapis.com/v1/token",
       "type": "external_account",
     },
     "name": "etl",
     "namespace": "etl",
     "owner": "team-data",
     "reason": "loads the warehouse",
     "roleArn": "arn:aws:iam::210987654321:role/etl-gke",
   }
  `);
});

test('names of the longest target fit everywhere, and the subject at Google too', () => {
  const name = `a${'b'.repeat(38)}c`;
  const stack = stackWith({ name });
  const names = (type: string, field: string) => resources(stack, type).map((each) => String(each[field]));
  for (const role of names('aws_iam_role', 'name')) expect(role.length).toBeLessThanOrEqual(64);
  for (const made of names('aws_lambda_function', 'function_name'))
    expect(made.length).toBeLessThanOrEqual(64);
  for (const queue of names('aws_sqs_queue', 'name')) expect(queue.length).toBeLessThanOrEqual(80);
  expect(resource(stack, 'google_service_account').account_id).toMatch(/^[a-z][-a-z0-9]{4,28}[a-z0-9]$/);
  // google.subject is ROLE/SESSION, and a session has at most 64 characters.
  expect(`${name}-gke/${'s'.repeat(64)}`.length).toBeLessThanOrEqual(127);
  expect(names('aws_iam_role', 'name')).toContain(`${name}-gke`);
});

test('two targets of a stack share a federation and the code, and nothing else', () => {
  const stack = orchestrationStack();
  const shared = platform(stack);
  const etl = target(stack, shared);
  const reports = target(stack, { ...shared, name: 'reports', namespace: 'reports' }, 'reports');
  const { attribute_condition: condition } = resource(stack, 'google_iam_workload_identity_pool_provider');
  expect(String(condition)).toContain('assumed-role/etl-gke');
  expect(String(condition)).toContain('assumed-role/reports-gke');
  const functions = resources(stack, 'aws_lambda_function');
  expect(functions.map(({ function_name: name }) => name)).toEqual([
    'etl-gke-jobs',
    'etl-gke-cleanup',
    'reports-gke-jobs',
    'reports-gke-cleanup',
  ]);
  expect(new Set(functions.map(({ filename }) => filename)).size).toBe(1);
  expect(etl.googleServiceAccount.email).toBe(EMAIL);
  expect(reports.googleServiceAccount.email).not.toBe(EMAIL);
  for (const [id, role] of [
    ['etl', ROLE],
    ['reports', ROLE.replace('etl', 'reports')],
  ]) {
    const assumed = statements(stack, id!).filter(({ Sid }) => String(Sid) === 'AssumeTargetRole');
    expect(assumed.map(({ Resource }) => Resource)).toEqual([[role], [role]]);
  }
});

test('a second target of the same name is refused, since its functions would be those of the first', () => {
  const stack = orchestrationStack();
  const shared = platform(stack);
  target(stack, shared);
  expect(
    refusal(() => target(stack, { ...shared, namespace: 'other' }, 'other')).message,
  ).toMatchInlineSnapshot(
    `"prod/other/identity/account: accountId must be unique among the service accounts of the project my-project, in all stacks of the app (got "etl-gke-jobs"). The construct prod/etl/identity/account has this name. Choose another name."`,
  );
});

test('who calls it waits for all of its access: in the cluster, on AWS and at Google', () => {
  const stack = orchestrationStack();
  const awaited = target(stack).dependenciesIn(stack);
  expect(awaited.map(({ node }) => node.path.slice(0, 80)).sort()).toMatchInlineSnapshot(`
   [
     "prod/etl/functions/cleanup/alias",
     "prod/etl/functions/role",
     "prod/etl/functions/submit/alias",
     "prod/etl/identity/account/gke_control_plane_etl_gke_jobs_4b29d59a-on-custom-role",
     "prod/etl/identity/federated-role/iam.workloadIdentityUser-on-service-account-etl",
     "prod/etl/kubernetes-role-binding",
   ]
  `);
});

test('a target of another stack is waited for across stacks, and known by name alone', () => {
  const stack = orchestrationStack();
  const etl = target(stack);
  const other = withAws(sibling(stack, 'machines'));
  expect(etl.dependenciesIn(other)).toEqual([]);
  expect(other.dependencies).toContain(stack);
  expect(etl.functionArn).toBe('arn:aws:lambda:eu-west-1:210987654321:function:etl-gke-jobs:live');
  expect(etl.cleanupFunctionArn).toBe('arn:aws:lambda:eu-west-1:210987654321:function:etl-gke-cleanup:live');
});

describe('the way to the control plane', () => {
  test('is its DNS endpoint, which is looked up', () => {
    const stack = stackWith();
    expect(settings(stack)[0]!.cluster).toEqual({
      id: 'projects/my-project/locations/us-central1/clusters/main',
      host: expect.stringMatching(/^\$\{data\.google_container_cluster\./) as string,
    });
    expect(Object.keys(synthesized(stack).data!)).toEqual(['google_container_cluster']);
  });

  test('may be its address, with the authority of the cluster, and nothing is looked up then', () => {
    const stack = stackWith({ endpoint: { host: '10.0.0.2', certificateAuthority: 'LS0tLS1CRUdJTg==' } });
    for (const { cluster } of settings(stack)) {
      expect(cluster).toEqual({
        id: 'projects/my-project/locations/us-central1/clusters/main',
        host: '10.0.0.2',
        certificateAuthority: 'LS0tLS1CRUdJTg==',
      });
    }
    expect(synthesized(stack)).not.toHaveProperty('data');
  });
});

test('what is said of the functions reaches them', () => {
  const kmsKeyArn = 'arn:aws:kms:eu-west-1:210987654321:key/0f3c1b9a-1111-2222-3333-444455556666';
  const stack = stackWith({
    memoryMb: 512,
    logRetentionDays: 30,
    reservedConcurrency: 50,
    kmsKeyArn,
  });
  const [submit, cleanup] = resources(stack, 'aws_lambda_function');
  expect(submit).toMatchObject({ memory_size: 512, reserved_concurrent_executions: 50, timeout: 60 });
  // What was set aside for Jobs is not used up by cleaning, nor the other way round.
  expect(cleanup).toMatchObject({ memory_size: 512, timeout: 60 });
  expect(cleanup).not.toHaveProperty('reserved_concurrent_executions');
  for (const log of resources(stack, 'aws_cloudwatch_log_group')) {
    expect(log).toMatchObject({ retention_in_days: 30, kms_key_id: kmsKeyArn });
  }
  // The clean-up state machine calls the function and keeps what fails; nothing invokes it asynchronously.
  for (const type of [
    'aws_sqs_queue',
    'aws_lambda_function_event_invoke_config',
    'aws_cloudwatch_metric_alarm',
  ]) {
    expect(resources(stack, type)).toEqual([]);
  }
});
