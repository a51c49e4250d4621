import type { RejectionStage } from '../../../lib/access/why-not/link';
import type { Editor } from './editor';

/** A fault in the ETL example, and the first link that it breaks. */
export interface Fault {
  readonly name: string;
  readonly stage: RejectionStage;
  readonly plant: (edit: Editor) => void;
}

const MACHINE_ROLE = 'nightly_role';
const FUNCTION_ROLE = 'etl_functions_submit_role';
const TARGET_ROLE = 'etl_functions_role';
const ROLE = 'arn:aws:sts::333333333333:assumed-role/etl-gke';
const FUNCTION = 'arn:aws:lambda:us-east-1:333333333333:function';
const GOOGLE_ROLE = 'roles/iam.serviceAccountViewer';
const denyOf = (permission: string, principal: string) => ({
  parent: 'cloudresourcemanager.googleapis.com%2Fprojects%2Fetl-prod',
  name: 'deny',
  rules: [{ deny_rule: [{ denied_principals: [principal], denied_permissions: [permission] }] }],
});

/** Replaces the first Lambda function in the policy of the state machine. */
const replaceFunction = (edit: Editor, arn: string) =>
  edit.machinePolicy((statement) => {
    statement.Resource = (statement.Resource as string[]).map((each) =>
      each.includes(':etl-gke-jobs') ? arn : each,
    );
  });

export const faults: readonly Fault[] = [
  // The state machine and its role.
  {
    name: 'the machine runs as a role for Lambda',
    stage: 'execution role',
    plant: (edit) => (edit.machine.role_arn = 'arn:aws:iam::333333333333:role/warehouse-load-gate'),
  },
  {
    name: 'the machine runs as a role that no stack has',
    stage: 'execution role',
    plant: (edit) => (edit.machine.role_arn = 'arn:aws:iam::333333333333:role/other'),
  },
  {
    name: 'the role of the machine trusts Lambda',
    stage: 'trust',
    plant: (edit) =>
      edit.trust(MACHINE_ROLE, (each) => (each.Principal = { Service: 'lambda.amazonaws.com' })),
  },
  {
    name: 'the role of the machine trusts another account',
    stage: 'condition',
    plant: (edit) =>
      edit.trust(MACHINE_ROLE, (each) => (each.Condition.StringEquals['aws:SourceAccount'] = '444444444444')),
  },
  {
    name: 'the role of the machine trusts another machine',
    stage: 'condition',
    plant: (edit) =>
      edit.trust(
        MACHINE_ROLE,
        (each) =>
          (each.Condition.ArnLike['aws:SourceArn'] =
            'arn:aws:states:us-east-1:333333333333:stateMachine:weekly'),
      ),
  },
  {
    name: 'the trust of the machine denies',
    stage: 'denial',
    plant: (edit) =>
      edit.addStatement('aws_iam_role', MACHINE_ROLE, 'assume_role_policy', {
        Effect: 'Deny',
        Principal: { Service: 'states.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
  },
  {
    name: 'the role of the machine trusts for another action',
    stage: 'trust',
    plant: (edit) => edit.trust(MACHINE_ROLE, (each) => (each.Action = 'sts:TagSession')),
  },
  // The state machine invokes the function.
  {
    name: 'another function in the policy of the machine',
    stage: 'policy',
    plant: (edit) => replaceFunction(edit, `${FUNCTION}:etl-gke-job:live`),
  },
  {
    name: 'a function of another name in the policy of the machine',
    stage: 'policy',
    plant: (edit) => replaceFunction(edit, `${FUNCTION}:loader`),
  },
  {
    name: 'another action in the policy of the machine',
    stage: 'policy',
    plant: (edit) => edit.machinePolicy((each) => (each.Action = ['lambda:GetFunction'])),
  },
  {
    name: 'a misspelt action in the policy of the machine',
    stage: 'policy',
    plant: (edit) => edit.machinePolicy((each) => (each.Action = 'lambda:Invoke')),
  },
  // The function and its role.
  {
    name: 'the function runs as a role that no stack has',
    stage: 'execution role',
    plant: (edit) => (edit.lambda.role = 'arn:aws:iam::333333333333:role/other'),
  },
  {
    name: 'the function runs as the role of the machine',
    stage: 'execution role',
    plant: (edit) => (edit.lambda.role = 'arn:aws:iam::333333333333:role/nightly-etl-cleanup-start'),
  },
  {
    name: 'the role of the function trusts state machines',
    stage: 'trust',
    plant: (edit) => edit.trust(FUNCTION_ROLE, (each) => (each.Principal.Service = 'states.amazonaws.com')),
  },
  {
    name: 'the role of the function denies',
    stage: 'denial',
    plant: (edit) =>
      edit.addStatement('aws_iam_role', FUNCTION_ROLE, 'assume_role_policy', {
        Effect: 'Deny',
        Principal: '*',
        Action: 'sts:*',
      }),
  },
  {
    name: 'the role of the function trusts another account',
    stage: 'condition',
    plant: (edit) =>
      edit.trust(
        FUNCTION_ROLE,
        (each) => (each.Condition = { StringEquals: { 'aws:SourceAccount': '444444444444' } }),
      ),
  },
  // The function becomes the role that Google knows.
  {
    name: 'the trust of the target names another role',
    stage: 'trust',
    plant: (edit) =>
      edit.trust(TARGET_ROLE, (each) => (each.Principal.AWS = 'arn:aws:iam::333333333333:role/etl-gke-job')),
  },
  {
    name: 'the trust of the target names a role of another account',
    stage: 'trust',
    plant: (edit) =>
      edit.trust(TARGET_ROLE, (each) => (each.Principal.AWS = ['arn:aws:iam::333333333333:user/loader'])),
  },
  {
    name: 'the trust of the target has another action',
    stage: 'trust',
    plant: (edit) => edit.trust(TARGET_ROLE, (each) => (each.Action = 'sts:AssumeRoleWithWebIdentity')),
  },
  {
    name: 'the trust of the target wants another caller',
    stage: 'condition',
    plant: (edit) =>
      edit.trust(
        TARGET_ROLE,
        (each) => (each.Condition.ArnEquals = { 'aws:PrincipalArn': 'arn:aws:iam::333333333333:role/x' }),
      ),
  },
  {
    name: 'the trust of the target wants another account',
    stage: 'condition',
    plant: (edit) =>
      edit.trust(
        TARGET_ROLE,
        (each) => (each.Condition.StringEquals = { 'aws:PrincipalAccount': '444444444444' }),
      ),
  },
  {
    name: 'the trust of the target denies the role',
    stage: 'denial',
    plant: (edit) =>
      edit.addStatement('aws_iam_role', TARGET_ROLE, 'assume_role_policy', {
        Effect: 'Deny',
        Principal: { AWS: 'arn:aws:iam::333333333333:role/etl-gke-jobs' },
        Action: 'sts:AssumeRole',
      }),
  },
  {
    name: 'the target can be created before the role in its trust',
    stage: 'dependency',
    plant: (edit) => delete edit.find('aws_iam_role', TARGET_ROLE).depends_on,
  },
  // The provider of Google.
  {
    name: 'the provider accepts another account',
    stage: 'claim',
    plant: (edit) => (edit.provider.aws.account_id = '444444444444'),
  },
  {
    name: 'the provider has no mapping of the role',
    stage: 'mapping',
    plant: (edit) => {
      delete edit.provider.attribute_mapping['attribute.aws_role'];
    },
  },
  {
    name: 'the provider maps the account in place of the role',
    stage: 'mapping',
    plant: (edit) => (edit.provider.attribute_mapping['attribute.aws_role'] = 'assertion.account'),
  },
  {
    name: 'the mapping of the role has a wrong template',
    stage: 'mapping',
    plant: (edit) =>
      (edit.provider.attribute_mapping['attribute.aws_role'] = "assertion.arn.extract('role/{name}/#')"),
  },
  {
    name: 'the mapping of the role reads a claim that is missing',
    stage: 'mapping',
    plant: (edit) => (edit.provider.attribute_mapping['attribute.aws_role'] = 'assertion.role'),
  },
  {
    name: 'the subject is empty',
    stage: 'mapping',
    plant: (edit) =>
      (edit.provider.attribute_mapping['google.subject'] = "assertion.arn.extract('user/{name}')"),
  },
  {
    name: 'no subject',
    stage: 'mapping',
    plant: (edit) => {
      delete edit.provider.attribute_mapping['google.subject'];
    },
  },
  {
    name: 'the mapping has another name',
    stage: 'mapping',
    plant: (edit) => {
      const mapping = edit.provider.attribute_mapping as Record<string, unknown>;
      mapping['attribute.role'] = mapping['attribute.aws_role'];
      delete mapping['attribute.aws_role'];
    },
  },
  {
    name: 'the condition names another role',
    stage: 'condition',
    plant: (edit) => (edit.provider.attribute_condition = `attribute.aws_role == "${ROLE}x"`),
  },
  {
    name: 'the condition names another account',
    stage: 'condition',
    plant: (edit) =>
      (edit.provider.attribute_condition = `attribute.aws_role == "${ROLE}" && assertion.account == "444444444444"`),
  },
  {
    name: 'the provider is disabled',
    stage: 'provider',
    plant: (edit) => (edit.provider.disabled = true),
  },
  {
    name: 'the pool is disabled',
    stage: 'provider',
    plant: (edit) => (edit.find('google_iam_workload_identity_pool', 'federation').disabled = true),
  },
  // The member becomes the service account.
  {
    name: 'the member names another role',
    stage: 'member',
    plant: (edit) => (edit.impersonation.member = `${String(edit.impersonation.member)}s`),
  },
  {
    name: 'the member names another account',
    stage: 'member',
    plant: (edit) =>
      (edit.impersonation.member = String(edit.impersonation.member).replace(
        '333333333333:',
        '444444444444:',
      )),
  },
  {
    name: 'the member has the form of the role and not of its session',
    stage: 'member',
    plant: (edit) =>
      (edit.impersonation.member = String(edit.impersonation.member).replace(
        'arn:aws:sts::333333333333:assumed-role/',
        'arn:aws:iam::333333333333:role/',
      )),
  },
  {
    name: 'the member names another attribute',
    stage: 'member',
    plant: (edit) =>
      (edit.impersonation.member = String(edit.impersonation.member).replace('aws_role/', 'role/')),
  },
  {
    name: 'the member is a principal',
    stage: 'member',
    plant: (edit) =>
      (edit.impersonation.member = String(edit.impersonation.member).replace('principalSet:', 'principal:')),
  },
  {
    name: 'the role does not impersonate',
    stage: 'role',
    plant: (edit) => (edit.impersonation.role = GOOGLE_ROLE),
  },
  {
    name: 'the condition of the impersonation has ended',
    stage: 'condition',
    plant: (edit) =>
      (edit.impersonation.condition = {
        title: 'ended',
        expression: 'request.time < timestamp("2020-01-01T00:00:00Z")',
      }),
  },
  {
    name: 'the member can be created before the pool and the account',
    stage: 'dependency',
    plant: (edit) =>
      (edit.impersonation.depends_on = ['google_service_account.etl_identity_account_E09BD9F1']),
  },
  // RBAC.
  {
    name: 'the binding names another user',
    stage: 'RBAC',
    plant: (edit) => (edit.binding.subject[0].name = 'etl-gke-job@etl-prod.iam.gserviceaccount.com'),
  },
  {
    name: 'the binding names a group',
    stage: 'RBAC',
    plant: (edit) => (edit.binding.subject[0].kind = 'Group'),
  },
  {
    name: 'the binding names a service account of Kubernetes',
    stage: 'RBAC',
    plant: (edit) => (edit.binding.subject = [{ kind: 'ServiceAccount', name: 'loader', namespace: 'etl' }]),
  },
  {
    name: 'the binding is in another namespace',
    stage: 'RBAC',
    plant: (edit) => (edit.binding.metadata.namespace = 'default'),
  },
  {
    name: 'the role is in another namespace',
    stage: 'RBAC',
    plant: (edit) => (edit.role.metadata.namespace = 'default'),
  },
  {
    name: 'the binding names another role',
    stage: 'RBAC',
    plant: (edit) => (edit.binding.role_ref.name = 'etl-gke'),
  },
  {
    name: 'the binding names a ClusterRole',
    stage: 'RBAC',
    plant: (edit) => (edit.binding.role_ref.kind = 'ClusterRole'),
  },
  {
    name: 'the role has no verb to create',
    stage: 'RBAC',
    plant: (edit) => (edit.role.rule[0].verbs = ['get', 'list', 'delete']),
  },
  {
    name: 'the rule is of another API group',
    stage: 'RBAC',
    plant: (edit) => (edit.role.rule[0].api_groups = ['apps']),
  },
  {
    name: 'the rule is of another resource',
    stage: 'RBAC',
    plant: (edit) => (edit.role.rule[0].resources = ['jobs/status']),
  },
  {
    name: 'the rule names a Job, which cannot be named before it is created',
    stage: 'RBAC',
    plant: (edit) => (edit.role.rule[0].resource_names = ['nightly']),
  },
  // Admission, and the service account of the pods.
  {
    name: 'the admission policy wants another service account',
    stage: 'admission',
    plant: (edit) => {
      const found = edit.validations.find(({ expression }) =>
        String(expression).includes('serviceAccountName'),
      )!;
      found.expression = String(found.expression).replace('== "etl"', '== "loader"');
    },
  },
  {
    name: 'the admission policy wants another namespace',
    stage: 'admission',
    plant: (edit) => (edit.validations[0]!.expression = 'request.namespace == "default"'),
  },
  {
    name: 'the service account has another name',
    stage: 'service account',
    plant: (edit) => (edit.account.metadata.name = 'etl2'),
  },
  {
    name: 'the service account is in another namespace',
    stage: 'service account',
    plant: (edit) => (edit.account.metadata.namespace = 'etl-2'),
  },
  // Network.
  {
    name: 'no policy opens the metadata server',
    stage: 'network',
    plant: (edit) => edit.removeNetwork('allow-metadata-server'),
  },
  {
    name: 'no policy opens Google APIs',
    stage: 'network',
    plant: (edit) => edit.removeNetwork('allow-google-apis'),
  },
  { name: 'no policy opens DNS', stage: 'network', plant: (edit) => edit.removeNetwork('allow-dns') },
  {
    name: 'another port of Google APIs',
    stage: 'network',
    plant: (edit) => (edit.network('allow-google-apis').spec.egress[0].ports[0].port = '4443'),
  },
  {
    name: 'only private addresses',
    stage: 'network',
    plant: (edit) =>
      (edit.network('allow-google-apis').spec.egress[0].to[0].ip_block = { cidr: '10.0.0.0/8' }),
  },
  // The bucket.
  {
    name: 'the role of the bucket only reads',
    stage: 'role',
    plant: (edit) => (edit.bucket.role = 'roles/storage.objectViewer'),
  },
  {
    name: 'the member of the bucket is another service account',
    stage: 'member',
    plant: (edit) => (edit.bucket.member = String(edit.bucket.member).replace(/sa\/etl$/, 'sa/loader')),
  },
  {
    name: 'the member of the bucket is in another namespace',
    stage: 'member',
    plant: (edit) => (edit.bucket.member = String(edit.bucket.member).replace('/ns/etl/', '/ns/default/')),
  },
  {
    name: 'the grant is on another bucket',
    stage: 'resource',
    plant: (edit) => (edit.bucket.bucket = 'etl-prod-stage'),
  },
  {
    name: 'the condition of the bucket has ended',
    stage: 'condition',
    plant: (edit) =>
      (edit.bucket.condition = {
        title: 'ended',
        expression: 'request.time < timestamp("2020-01-01T00:00:00Z")',
      }),
  },
  {
    name: 'the condition of the bucket is about another bucket',
    stage: 'condition',
    plant: (edit) =>
      (edit.bucket.condition = {
        title: 'other',
        expression: 'resource.name.startsWith("projects/_/buckets/other/objects/")',
      }),
  },
  {
    name: 'a deny policy for the pod',
    stage: 'denial',
    plant: (edit) =>
      edit.add(
        'google_iam_deny_policy',
        denyOf('storage.googleapis.com/objects.create', String(edit.bucket.member)),
      ),
  },
  {
    name: 'a deny policy for everybody',
    stage: 'denial',
    plant: (edit) =>
      edit.add(
        'google_iam_deny_policy',
        denyOf('storage.googleapis.com/objects.get', 'principalSet://goog/public:all'),
      ),
  },
];
