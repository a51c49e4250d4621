import type { Fault } from './fault';

const ROLE = 'arn:aws:sts::333333333333:assumed-role/etl-gke';
const GOOGLE_ROLE = 'roles/iam.serviceAccountViewer';

/** Faults of Google Cloud: the provider, the member and the service account. */
export const googleFaults: readonly Fault[] = [
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
];
