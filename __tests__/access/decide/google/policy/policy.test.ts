import { decide, type DocumentKind } from '../../../../../lib/access/decide';
import { PREDEFINED_ROLES_DATE } from '../../../../../lib/access/permissions/predefined-roles';

const alice = 'user:alice@example.com';
const robot = 'serviceAccount:robot@books.iam.gserviceaccount.com';
const team = 'group:team@example.com';
const viewer = 'roles/storage.objectViewer';
const admin = 'roles/storage.objectAdmin';
const pool = 'iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/aws';
const gke = 'iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/books.svc.id.goog';

const answerOf = (kind: DocumentKind, a: unknown, b: unknown) => decide(kind, a, b);
/** Answer in one word, with the principal and the permission of a witness. */
function brief(kind: DocumentKind, a: unknown, b: unknown): string {
  const answer = answerOf(kind, a, b);
  if (answer.relation !== 'broader') return answer.relation === 'unknown' ? answer.reason : answer.relation;
  const { principal, memberOf, permission, role } = answer.witness as Record<string, string & string[]>;
  return ['broader', principal, ...(memberOf ?? []), permission ?? role].filter(Boolean).join(' ');
}

describe('members', () => {
  test.each([
    ['equal members', [alice, robot], [robot, alice], 'within'],
    ['another user', [alice, robot], [robot], `broader ${alice}`],
    ['another case of letters', ['user:Alice@Example.com'], [alice], 'within'],
    ['a user of a domain', [alice], ['domain:example.com'], 'within'],
    ['a domain and a user of it', ['domain:example.com'], [alice], 'broader user:other@example.com'],
    [
      'a service account is not in a domain',
      [robot],
      ['domain:books.iam.gserviceaccount.com'],
      `broader ${robot}`,
    ],
    ['a user and a group', [alice], [team], `Whether ${alice} belongs to ${team} is not known.`],
    ['a group and a user', [team], [alice], `broader user:other@example.net ${team}`],
    ['a group and its domain', [team], ['domain:example.com'], `broader user:other@example.net ${team}`],
    ['all accounts', [alice, robot, team, 'domain:example.com'], ['allAuthenticatedUsers'], 'within'],
    ['all', ['allUsers'], ['allAuthenticatedUsers'], 'broader anonymous'],
    [
      'identities of pools are no accounts',
      [`principalSet://${pool}/*`],
      ['allAuthenticatedUsers'],
      `broader principal://${pool}/subject/other`,
    ],
    ['a subject of a pool', [`principal://${pool}/subject/a`], [`principalSet://${pool}/*`], 'within'],
    [
      'an attribute of a pool',
      [`principalSet://${pool}/attribute.x/v`],
      [`principalSet://${pool}/*`],
      'within',
    ],
    [
      'a pool and an attribute',
      [`principalSet://${pool}/*`],
      [`principalSet://${pool}/attribute.x/v`],
      `broader principal://${pool}/subject/other`,
    ],
    [
      'two values of an attribute',
      [`principalSet://${pool}/attribute.x/v`],
      [`principalSet://${pool}/attribute.x/w`],
      `broader principal://${pool}/subject/other principalSet://${pool}/attribute.x/v`,
    ],
    [
      'a subject and an attribute',
      [`principal://${pool}/subject/a`],
      [`principalSet://${pool}/attribute.x/v`],
      `Whether principal://${pool}/subject/a belongs to principalSet://${pool}/attribute.x/v is not known.`,
    ],
    [
      'the pools of two projects',
      [`principalSet://${pool}/*`],
      [`principalSet://${pool.replace('/1/', '/2/')}/*`],
      `broader principal://${pool}/subject/other`,
    ],
    [
      'two spellings of a Kubernetes service account',
      ['serviceAccount:books.svc.id.goog[etl/loader]'],
      [`principal://${gke}/subject/ns/etl/sa/loader`],
      'within',
    ],
    [
      'a Kubernetes service account of a namespace',
      ['serviceAccount:books.svc.id.goog[etl/loader]'],
      [`principalSet://${gke}/namespace/etl`],
      'within',
    ],
    [
      'a namespace and another one',
      [`principalSet://${gke}/namespace/etl`],
      [`principalSet://${gke}/namespace/web`],
      `broader principal://${gke.replace('/1/', '/-/')}/subject/ns/etl/sa/other`,
    ],
    [
      'a domain and a customer',
      ['domain:example.com'],
      ['principalSet://goog/cloudIdentityCustomerId/C01'],
      'Whether a user of example.com belongs to principalSet://goog/cloudIdentityCustomerId/C01 is not known.',
    ],
    ['a deleted user', [`deleted:${alice}?uid=1`], [], 'within'],
    [
      'owners of a project',
      ['projectOwner:books'],
      [alice],
      'broader user:other@example.net projectOwner:books',
    ],
    [
      'a customer and a domain',
      ['principalSet://goog/cloudIdentityCustomerId/C01'],
      ['domain:example.com'],
      'broader serviceAccount:other@other.iam.gserviceaccount.com principalSet://goog/cloudIdentityCustomerId/C01',
    ],
    [
      'the forms of a deny policy',
      ['principal://goog/subject/alice@example.com', 'principalSet://goog/group/team@example.com'],
      [alice, team],
      'within',
    ],
    ['one member as a text', alice, alice, 'within'],
    [
      'a text that is no member',
      ['alice@example.com'],
      [],
      'Document A must be a principal of Google Cloud (got "alice@example.com").',
    ],
    ['a number', 1, [], 'Document A must be a list.'],
  ])('%s', (_, a, b, expected) => {
    expect(brief('gcp-members', a, b)).toBe(expected);
  });
});

const binding = (role: string, members: readonly string[], expression?: string) => ({
  role,
  members,
  ...(expression !== undefined && { condition: { title: 't', expression } }),
});
const policy = (...bindings: object[]) => ({ bindings, etag: 'BwX', version: 3 });
const custom = 'projects/books/roles/reader';
const roles = (permissions: readonly string[]) => ({
  roles: [{ name: custom, includedPermissions: permissions }],
});

describe('allow policies', () => {
  test.each([
    ['a narrower role', policy(binding(viewer, [alice])), policy(binding(admin, [alice])), 'within'],
    [
      'a wider role',
      policy(binding(admin, [alice])),
      policy(binding(viewer, [alice])),
      `broader ${alice} storage.folders.create`,
    ],
    [
      'a role in two parts',
      policy(binding('roles/storage.objectUser', [alice])),
      policy(binding(viewer, [alice]), binding('roles/storage.objectCreator', [alice])),
      `broader ${alice} storage.folders.delete`,
    ],
    [
      'roles of two members',
      policy(binding(viewer, [alice, robot])),
      policy(binding(viewer, [alice]), binding(admin, [robot])),
      'within',
    ],
    [
      'a condition that is dropped',
      policy(binding(viewer, [alice])),
      policy(binding(viewer, [alice], 'resource.name.startsWith("projects/_/buckets/a")')),
      `broader ${alice} storage.folders.get`,
    ],
    [
      'conditions that are all requests together',
      policy(binding(viewer, [alice], 'resource.type == "a"')),
      policy(
        binding(viewer, [alice], 'request.time < timestamp("2027-01-01T00:00:00Z") && resource.type == "a"'),
        binding(viewer, [alice], 'request.time >= timestamp("2027-01-01T00:00:00Z")'),
      ),
      'within',
    ],
    [
      'a condition on the member of a wider binding',
      policy(binding(viewer, [alice])),
      policy(binding(viewer, [team]), binding(viewer, [alice], 'resource.type == "a"')),
      `Whether ${alice} belongs to ${team} is not known.`,
    ],
    [
      'a custom role',
      { ...policy(binding(custom, [alice])), ...roles(['a.b.c']) },
      { ...policy(binding(custom, [alice])), ...roles(['a.b.c', 'd.e.f']) },
      'within',
    ],
    [
      'a custom role that grows',
      { ...policy(binding(custom, [alice])), ...roles(['a.b.c', 'd.e.f']) },
      { ...policy(binding(custom, [alice])), ...roles(['a.b.c']) },
      `broader ${alice} d.e.f`,
    ],
    [
      'a role that is not known, in both',
      policy(binding(custom, [alice])),
      policy(binding(custom, [alice])),
      'within',
    ],
    [
      'a role that is not known, for another member',
      policy(binding(custom, [alice, robot])),
      policy(binding(custom, [alice])),
      `broader ${robot} ${custom}`,
    ],
    [
      'a role that is not known, and a known one',
      policy(binding(custom, [alice])),
      policy(binding('roles/owner', [alice])),
      `The permissions of ${custom} are not in the table of ${PREDEFINED_ROLES_DATE}.`,
    ],
    ['an empty policy', {}, policy(binding(viewer, [alice])), 'within'],
    [
      'a field that is not known',
      { ...policy(), rules: [] },
      policy(),
      'Document A: rules is not a known field.',
    ],
    [
      'a role without a name',
      policy(binding('viewer', [alice])),
      policy(),
      'Document A: bindings[0].role must be a role such as "roles/viewer" (got "viewer").',
    ],
    [
      'a JSON text',
      JSON.stringify(policy(binding(viewer, [alice]))),
      JSON.stringify(policy(binding(admin, [alice]))),
      'within',
    ],
    ['a text that is no JSON', '{', policy(), 'Document A must be JSON.'],
  ])('%s', (_, a, b, expected) => {
    expect(brief('gcp-policy', a, b)).toBe(expected);
  });

  test('a witness has the attributes of the condition', () => {
    const a = policy(binding(viewer, [alice], 'resource.name.startsWith("projects/_/buckets/a")'));
    const b = policy(binding(viewer, [alice], 'resource.name.startsWith("projects/_/buckets/ab")'));
    expect(answerOf('gcp-policy', a, b)).toEqual({
      relation: 'broader',
      witness: {
        principal: alice,
        memberOf: [],
        permission: 'storage.folders.get',
        attributes: { 'resource.name': 'projects/_/buckets/a' },
        absent: [],
      },
    });
  });
});

const deny = (given: object) => ({ rules: [{ denyRule: given }] });
const everyone = 'principalSet://goog/public:all';
const deletes = ['storage.googleapis.com/buckets.delete'];

describe('deny policies', () => {
  test.each([
    [
      'equal rules',
      deny({ deniedPrincipals: [everyone], deniedPermissions: deletes }),
      deny({ deniedPrincipals: [everyone], deniedPermissions: deletes }),
      'within',
    ],
    [
      'more is denied',
      deny({ deniedPrincipals: [everyone], deniedPermissions: ['storage.googleapis.com/buckets.*'] }),
      deny({ deniedPrincipals: [everyone], deniedPermissions: deletes }),
      'within',
    ],
    [
      'less is denied',
      deny({ deniedPrincipals: [everyone], deniedPermissions: deletes }),
      deny({ deniedPrincipals: [everyone], deniedPermissions: ['storage.googleapis.com/buckets.*'] }),
      'broader user:other@example.net storage.googleapis.com/buckets.other',
    ],
    [
      'an exception is added',
      deny({
        deniedPrincipals: [everyone],
        deniedPermissions: deletes,
        exceptionPrincipals: ['principalSet://goog/group/team@example.com'],
      }),
      deny({ deniedPrincipals: [everyone], deniedPermissions: deletes }),
      `broader user:other@example.net ${team} storage.googleapis.com/buckets.delete`,
    ],
    [
      'an excepted permission',
      deny({
        deniedPrincipals: [everyone],
        deniedPermissions: ['storage.googleapis.com/*.*'],
        exceptionPermissions: deletes,
      }),
      deny({ deniedPrincipals: [everyone], deniedPermissions: ['storage.googleapis.com/*.delete'] }),
      'broader user:other@example.net storage.googleapis.com/buckets.delete',
    ],
    [
      'a condition is added',
      deny({
        deniedPrincipals: [everyone],
        deniedPermissions: deletes,
        denialCondition: { expression: "!resource.matchTag('1/env', 'test')" },
      }),
      deny({ deniedPrincipals: [everyone], deniedPermissions: deletes }),
      'broader user:other@example.net storage.googleapis.com/buckets.delete',
    ],
    [
      'no policy',
      {},
      deny({ deniedPrincipals: [everyone], deniedPermissions: deletes }),
      'broader user:other@example.net storage.googleapis.com/buckets.delete',
    ],
    [
      'blocks of Terraform',
      {
        parent: 'p',
        rules: [
          {
            deny_rule: [{ denied_principals: [everyone], denied_permissions: deletes, denial_condition: [] }],
          },
        ],
      },
      deny({ deniedPrincipals: [everyone], deniedPermissions: deletes }),
      'within',
    ],
    [
      'a permission of a role',
      deny({ deniedPrincipals: [everyone], deniedPermissions: ['storage.buckets.delete'] }),
      {},
      'Document A: rules[0].denyRule.deniedPermissions must contain permissions such as "iam.googleapis.com/roles.list" (got "storage.buckets.delete").',
    ],
  ])('%s', (_, a, b, expected) => {
    expect(brief('gcp-deny-policy', a, b)).toBe(expected);
  });
});

const rule = (
  effect: string,
  principals: readonly string[],
  permissions: readonly string[],
  given: object = {},
) => ({
  effect,
  principals,
  operation: { permissions },
  ...given,
});
const access = (...rules: object[]) => ({ details: { rules } });
const publish = 'eventarc.googleapis.com/messageBuses.publish';
const use = 'eventarc.googleapis.com/messageBuses.use';
const user = 'principal://goog/subject/alice@example.com';

describe('access policies', () => {
  test.each([
    [
      'a narrower rule',
      access(rule('ALLOW', [user], [publish])),
      access(rule('ALLOW', [user], [publish, use])),
      'within',
    ],
    [
      'another permission',
      access(rule('ALLOW', [user], [publish, use])),
      access(rule('ALLOW', [user], [publish])),
      `broader ${alice} ${use}`,
    ],
    [
      'a rule that denies is dropped',
      access(rule('ALLOW', [user], [publish])),
      access(rule('ALLOW', [user], [publish]), rule('DENY', [everyone], [publish])),
      `broader ${alice} ${publish}`,
    ],
    [
      'a rule that denies what the other does not allow',
      access(rule('ALLOW', [user], [publish, use]), rule('DENY', [user], [use])),
      access(rule('ALLOW', [user], [publish])),
      'within',
    ],
    [
      'an excluded principal',
      access(rule('ALLOW', [everyone], [publish], { excludedPrincipals: [user] })),
      access(rule('ALLOW', [everyone], [publish])),
      'within',
    ],
    [
      'a condition that is dropped',
      access(rule('ALLOW', [user], [publish])),
      access(
        rule('ALLOW', [user], [publish], {
          conditions: { 'iam.googleapis.com': { expression: "resource.hasTagKey('1/a')" } },
        }),
      ),
      `broader ${alice} ${publish}`,
    ],
    [
      'blocks of Terraform',
      {
        project: 'p',
        details: [
          {
            rules: [
              {
                effect: 'ALLOW',
                principals: [user],
                operation: [{ permissions: [publish] }],
                excluded_principals: null,
              },
            ],
          },
        ],
      },
      access(rule('ALLOW', [user], [publish])),
      'within',
    ],
    [
      'another effect',
      access(rule('allow', [user], [publish])),
      access(),
      'Document A: rules[0].effect must be ALLOW or DENY (got "allow").',
    ],
    [
      'conditions of two services',
      access(
        rule('ALLOW', [user], [publish], {
          conditions: { a: { expression: 'true' }, b: { expression: 'true' } },
        }),
      ),
      access(),
      'Document A: rules[0].conditions of more than one service are not understood.',
    ],
  ])('%s', (_, a, b, expected) => {
    expect(brief('gcp-access-policy', a, b)).toBe(expected);
  });
});
