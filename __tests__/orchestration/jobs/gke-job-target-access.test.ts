import type { TerraformStack } from 'cdktf';
import { tooWide } from '../../granted';
import { byAddress, resource, resources, synthesized, type Json } from '../../synth';
import { ROLE, stackWith } from './target-fixtures';

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
