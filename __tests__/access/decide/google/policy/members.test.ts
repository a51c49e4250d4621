import { alice, robot, team, pool, gke, brief } from './policy-fixtures';

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
