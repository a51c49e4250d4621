import type { TerraformStack } from 'cdktf';
import { AwsToGoogleFederation } from '../../../lib/identity/aws-to-google-federation';
import { GkeJobTarget } from '../../../lib/orchestration/jobs/gke-job-target';
import type { GkeJobTargetProps } from '../../../lib/orchestration/jobs/gke-job-target-props';
import { tooWide } from '../../granted';
import {
  byAddress,
  refusal,
  resource,
  resources,
  sibling,
  synthesized,
  withAws,
  type Json,
} from '../../synth';
import { account, orchestrationStack, platform, project, target } from '../fixtures';
import { madeBy, statements } from '../triggers/fixtures';

const ROLE = 'arn:aws:iam::210987654321:role/etl-gke';
const EMAIL = 'etl-gke-jobs@my-project.iam.gserviceaccount.com';

/** A stack with one target. */
function stackWith(props: Partial<GkeJobTargetProps> = {}): TerraformStack {
  const stack = orchestrationStack();
  target(stack, props);
  return stack;
}

/** What the functions of a target are told. */
const settings = (stack: TerraformStack) =>
  resources(stack, 'aws_lambda_function').map(
    ({ environment }) => JSON.parse(String(environment!.variables!.JOB_TARGET)) as Json,
  );
const trustOf = (stack: TerraformStack, name: string) => {
  const role = resources(stack, 'aws_iam_role').find((each) => String(each.name) === name)!;
  return JSON.parse(String(role.assume_role_policy)) as { Statement: Json[] };
};
const manifests = (stack: TerraformStack) =>
  resources(stack, 'kubernetes_manifest').map(({ manifest }) => manifest as unknown as Manifest);

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: { readonly [name: string]: unknown };
}

test('a target is two functions, the role and the account that they act as, and what that may do in one namespace', () => {
  expect(madeBy(stackWith(), 'etl')).toMatchSnapshot();
});

test('its functions are told what they may reach, and hold no secret', () => {
  const [submit, cleanup] = settings(stackWith());
  expect(submit).toEqual(cleanup);
  expect(submit).toMatchInlineSnapshot(`
   {
     "cluster": {
       "host": "\${data.google_container_cluster.etl_endpoint_cluster_FDAFFD0A.control_plane_endpoints_config[0].dns_endpoint_config[0].endpoint}",
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

describe('least privilege', () => {
  const stack = stackWith({ callbacks: true, secrets: ['database'], queue: 'batch', kmsKeyArn: undefined });

  test('the functions may act as the target, and write their own log and traces', () => {
    const byRole = Object.fromEntries(
      resources(stack, 'aws_iam_role_policy').map(({ role, policy }) => [
        String(role),
        (JSON.parse(String(policy)) as { Statement: Json[] }).Statement,
      ]),
    );
    const own = (name: string) => [
      {
        Sid: 'WriteLog',
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: [`arn:aws:logs:eu-west-1:210987654321:log-group:/aws/lambda/${name}:*`],
      },
      {
        Sid: 'WriteTraces',
        Effect: 'Allow',
        Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
        Resource: ['*'],
      },
      { Sid: 'AssumeTargetRole', Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: [ROLE] },
    ];
    expect(byRole).toEqual({
      '${aws_iam_role.etl_functions_submit_role_8B3ED880.id}': own('etl-gke-jobs'),
      '${aws_iam_role.etl_functions_cleanup_role_BFCE9D79.id}': [
        ...own('etl-gke-cleanup'),
        {
          Sid: 'SendToDeadLetterQueue',
          Effect: 'Allow',
          Action: ['sqs:SendMessage'],
          Resource: ['arn:aws:sqs:eu-west-1:210987654321:etl-gke-cleanup-failed'],
        },
      ],
    });
  });

  test('the role that Google knows may do nothing on AWS', () => {
    const role = Object.entries(byAddress(stack)).find(([, { name }]) => String(name) === 'etl-gke')!;
    const attached = Object.entries(byAddress(stack)).filter(
      ([address, block]) => /policy/.test(address) && JSON.stringify(block).includes(role[0]),
    );
    expect(attached).toEqual([]);
    expect(role[1]).not.toHaveProperty('managed_policy_arns');
    expect(role[1]).not.toHaveProperty('inline_policy');
  });

  test('be taken on by its two functions, as a session with the name of a run', () => {
    expect(trustOf(stack, 'etl-gke').Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: {
          AWS: [
            'arn:aws:iam::210987654321:role/etl-gke-jobs',
            'arn:aws:iam::210987654321:role/etl-gke-cleanup',
          ],
        },
        Action: 'sts:AssumeRole',
        Condition: {
          StringLike: {
            'sts:RoleSessionName': ['????????-????-????-????-????????????', '?'.repeat(32)],
          },
        },
      },
    ]);
  });

  test('the federation lets in the role of the target, and no function', () => {
    const { attribute_condition: condition } = resource(stack, 'google_iam_workload_identity_pool_provider');
    const named = [...String(condition).matchAll(/assumed-role\/([\w-]+)/g)].map(([, name]) => name);
    expect(named).toEqual(['etl-gke']);
  });

  test('the account may reach the control plane by two permissions, and has no role of Google', () => {
    expect(resource(stack, 'google_project_iam_custom_role').permissions).toEqual([
      'container.clusters.connect',
      'container.clusters.get',
    ]);
    expect(tooWide(synthesized(stack))).toEqual([]);
    expect(resources(stack, 'google_project_iam_member').map(({ member }) => String(member))).toEqual([
      expect.stringMatching(/^serviceAccount:\$\{google_service_account\.|^serviceAccount:etl-gke-jobs@/),
    ]);
    expect(resource(stack, 'google_service_account_iam_member').role).toBe('roles/iam.workloadIdentityUser');
  });

  test('RBAC gives the verbs that the functions use, in one namespace, and reads no Secret', () => {
    const role = resource(stack, 'kubernetes_role_v1');
    expect(role.metadata).toMatchObject({ namespace: 'etl' });
    expect(role.rule).toEqual([
      { api_groups: ['batch'], resources: ['jobs'], verbs: ['create', 'get', 'list', 'delete'] },
      { api_groups: [''], resources: ['pods'], verbs: ['get', 'list'] },
      { api_groups: [''], resources: ['events'], verbs: ['list'] },
      { api_groups: [''], resources: ['secrets'], verbs: ['create', 'update'] },
    ]);
    expect(resource(stackWith(), 'kubernetes_role_v1').rule).toHaveLength(3);
    expect(Object.keys(synthesized(stack).resource!)).not.toContain('kubernetes_cluster_role_v1');
  });

  test('the user of the Role is the account, and is bound after the policies are in force', () => {
    const binding = resource(stack, 'kubernetes_role_binding_v1');
    expect(binding.subject).toEqual([
      expect.objectContaining({ kind: 'User', name: expect.stringContaining('etl-gke-jobs') as string }),
    ]);
    const awaited = binding.depends_on as unknown as string[];
    const bindings = Object.keys(byAddress(stack)).filter((address) => /policy-binding/.test(address));
    expect(bindings).toHaveLength(2);
    expect(awaited).toEqual(expect.arrayContaining(bindings));
  });

  test('with call-backs a second policy says which Secrets are written', () => {
    const kinds = (made: TerraformStack) =>
      manifests(made).map(({ kind, metadata }) => [kind, metadata.name]);
    expect(kinds(stack)).toEqual([
      ['ValidatingAdmissionPolicy', 'gke-job-target-etl.etl'],
      ['ValidatingAdmissionPolicyBinding', 'gke-job-target-etl.etl'],
      ['ValidatingAdmissionPolicy', 'gke-job-target-etl.etl.tokens'],
      ['ValidatingAdmissionPolicyBinding', 'gke-job-target-etl.etl.tokens'],
    ]);
    expect(kinds(stackWith())).toHaveLength(2);
    for (const { kind, spec } of manifests(stack)) {
      if (kind === 'ValidatingAdmissionPolicy') expect(spec.failurePolicy).toBe('Fail');
      else expect(spec.validationActions).toEqual(['Deny']);
    }
  });
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
     "prod/etl/identity/account/prod_etl_identity_role_3bc1a4dc-on-custom-role-prod_et",
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
    alarmActions: ['arn:aws:sns:eu-west-1:210987654321:on-call'],
  });
  const [submit, cleanup] = resources(stack, 'aws_lambda_function');
  expect(submit).toMatchObject({ memory_size: 512, reserved_concurrent_executions: 50, timeout: 60 });
  // What was set aside for Jobs is not used up by cleaning, nor the other way round.
  expect(cleanup).toMatchObject({ memory_size: 512, timeout: 60 });
  expect(cleanup).not.toHaveProperty('reserved_concurrent_executions');
  for (const log of resources(stack, 'aws_cloudwatch_log_group')) {
    expect(log).toMatchObject({ retention_in_days: 30, kms_key_id: kmsKeyArn });
  }
  expect(resource(stack, 'aws_sqs_queue')).toMatchObject({ kms_master_key_id: kmsKeyArn });
  // Without the key, Lambda cannot put a failed clean-up into the queue, and the alarm stays silent.
  expect(JSON.stringify(resources(stack, 'aws_iam_role_policy'))).toContain('EncryptDeadLetter');
  expect(resource(stack, 'aws_sqs_queue')).not.toHaveProperty('sqs_managed_sse_enabled');
  expect(resource(stack, 'aws_cloudwatch_metric_alarm').alarm_actions).toEqual([
    'arn:aws:sns:eu-west-1:210987654321:on-call',
  ]);
});

const images = ['us-docker.pkg.dev/my-project/etl/*'];
const bad: [string, Record<string, unknown>, string][] = [
  [
    'a name in capitals',
    { name: 'ETL' },
    'name must have 1 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen (got "ETL").',
  ],
  [
    'a name of 41 characters',
    { name: 'a'.repeat(41) },
    'name must have 1 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen (got "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa").',
  ],
  [
    'no cluster',
    { cluster: {} },
    'cluster must be a cluster: a GkeCluster, GkeCluster.fromAttributes(…) or GkeCluster.adopt(…) (got {}).',
  ],
  [
    'a namespace of the cluster',
    { namespace: 'kube-system' },
    'namespace must not start with "kube-" or "gke-managed-", the prefixes of system namespaces (got "kube-system"). Use a dedicated namespace.',
  ],
  [
    'the namespace of nobody',
    { namespace: 'default' },
    'namespace must not be "default", where pods without a namespace run, so that its policies and roles apply to them (got "default"). Use a dedicated namespace, or set acknowledge.defaultNamespace to the reason.',
  ],
  [
    'a namespace in capitals',
    { namespace: 'Books' },
    'namespace must be a DNS label: 1 to 63 lower-case letters, digits and hyphens, starting and ending with a letter or digit (got "Books"). Use "books".',
  ],
  [
    'the service account "default"',
    { serviceAccountName: 'default' },
    'serviceAccountName must not be "default", the service account of every pod that names none (got "default"). Use a dedicated account, for example "reader".',
  ],
  ['no images', { images: [] }, 'images must be a list of at least 1 and at most 50 items (got []).'],
  [
    'an image that is none',
    { images: ['Registry/x'] },
    'images[0] must be an image reference, in which "*" matches any characters (got "Registry/x").',
  ],
  [
    'any registry',
    { images: ['*/etl/extract'] },
    'images[0] must name a registry, because any account can push to the registries that a "*" matches (got "*/etl/extract"). Write the host name of the registry, or set acknowledge.anyImage to the reason.',
  ],
  [
    'any image, and no word why',
    { images: [...images, '*'], acknowledge: { anyImage: '' } },
    'acknowledge.anyImage must be one line of text with at least one visible character, at most 200 bytes, and no "${" or "%{" (got "").',
  ],
  [
    'an account that is not that of the federation',
    { account: { ...account, id: '123456789012' } },
    'account.id must be the account of the federation (210987654321) (got "123456789012"). Use a federation of this account.',
  ],
  [
    'an account id with hyphens',
    { account: { ...account, id: '2109-8765-4321' } },
    '2 problems\n  - account.id must have 12 digits (got "2109-8765-4321"). Use "210987654321".\n  - account.id must be the account of the federation (210987654321) (got "2109-8765-4321"). Use a federation of this account.',
  ],
  [
    'no federation',
    { federation: undefined },
    'federation is required. It must be an AwsToGoogleFederation or AwsToGoogleFederation.fromAttributes(…).',
  ],
  [
    'a queue in capitals',
    { queue: 'Batch' },
    'queue must be a DNS label: 1 to 63 lower-case letters, digits and hyphens, starting and ending with a letter or digit (got "Batch"). Use "batch".',
  ],
  ['call-backs that are a word', { callbacks: 'yes' }, 'callbacks must be true or false (got "yes").'],
  [
    'a Secret in capitals',
    { secrets: ['Database'] },
    'secrets[0] must be a DNS label: 1 to 63 lower-case letters, digits and hyphens, starting and ending with a letter or digit (got "Database"). Use "database".',
  ],
  [
    'an endpoint with a scheme',
    { endpoint: { host: 'https://gke-1.us-central1.gke.goog/' } },
    'endpoint.host must be a DNS name or an IP address, without "https://" (got "https://gke-1.us-central1.gke.goog/"). Use "gke-1.us-central1.gke.goog".',
  ],
  [
    'a private authority of the public endpoint',
    { endpoint: { host: 'gke-1.us-central1.gke.goog', certificateAuthority: 'LS0=' } },
    'endpoint.certificateAuthority must be omitted for the DNS endpoint, which has a public certificate (got "LS0="). Omit it.',
  ],
  ['memory of a toy', { memoryMb: 64 }, 'memoryMb must be a whole number from 128 to 10240 (got 64).'],
  [
    'days that CloudWatch does not know',
    { logRetentionDays: 100 },
    'logRetentionDays must be one of the retention periods of CloudWatch Logs: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days (got 100). Use 120.',
  ],
  [
    'an action that is no ARN',
    { alarmActions: ['on-call'] },
    'alarmActions[0] must be an ARN, for example of an SNS topic (got "on-call").',
  ],
  [
    'a key that is no ARN',
    { kmsKeyArn: 'alias/mine' },
    'kmsKeyArn must be the ARN of a key, arn:aws:kms:REGION:ACCOUNT:key/ID (got "alias/mine"). Use the ARN of the key of this alias.',
  ],
  [
    'no concurrency',
    { reservedConcurrency: 0 },
    'reservedConcurrency must be a whole number from 1 to 1000 (got 0).',
  ],
  ['a provider of another cloud', { awsProvider: {} }, 'awsProvider must be a provider of aws (got {}).'],
  ['another of them', { googleProvider: {} }, 'googleProvider must be a provider of google (got {}).'],
  [
    'and the last of them',
    { kubernetesProvider: {} },
    'kubernetesProvider must be a provider of kubernetes (got {}).',
  ],
  ['no reason', { reason: undefined }, 'reason is required. Set it here or with Defaults.of(scope).'],
  [
    'a reason of two lines',
    { reason: 'one\ntwo' },
    'reason must be one line of text with at least one visible character, at most 160 bytes, and no "${" or "%{" (got "one\\ntwo").',
  ],
  [
    'a property that does not exist',
    { serviceAccount: 'etl' },
    'serviceAccount is not a property. Did you mean "serviceAccountName"?',
  ],
];

test.each(bad)('%s is refused', (_, props, message) => {
  const make = () => {
    const stack = orchestrationStack();
    return new GkeJobTarget(stack, 'etl', {
      ...platform(stack),
      name: 'etl',
      namespace: 'etl',
      serviceAccountName: 'etl',
      images,
      reason: 'loads the warehouse',
      ...props,
    } as GkeJobTargetProps);
  };
  expect(refusal(make).message).toBe(`prod/etl: ${message}`);
});

test('a federation of another account is refused, and nothing is left behind', () => {
  const stack = orchestrationStack();
  const federation = new AwsToGoogleFederation(stack, 'other', {
    project,
    account: { id: '123456789012', region: 'eu-west-1' },
    poolId: 'other-roles',
    reason: 'lets in another account',
  });
  federation.allowRole('somebody');
  const { cluster } = platform(stack);
  const before = stack.node.findAll().length;
  const make = () => target(stack, { cluster, federation });
  expect(refusal(make).message).toBe(
    'prod/etl: account.id must be the account of the federation (123456789012) (got "210987654321"). Use a federation of this account.',
  );
  expect(stack.node.findAll()).toHaveLength(before);
});
