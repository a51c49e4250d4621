import { GkeCluster } from '../../../lib/gke/gke-cluster';
import type { WorkloadIdentityBindingProps } from '../../../lib/identity/google/workload-identity-binding-props';
import { addresses, refusal, resources, synthesized, testStack } from '../../synth';
import { ACCOUNT, bind } from '../binding-fixtures';

describe('bad input', () => {
  const DNS_LABEL =
    'be a DNS label: 1 to 63 lower-case letters, digits and hyphens, starting and ending with a letter or digit';
  const ACCOUNT_ID =
    'have 6 to 30 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen';

  test.each<[string, Partial<Record<keyof WorkloadIdentityBindingProps, unknown>>, string]>([
    [
      'a namespace in capitals',
      { namespace: 'Books' },
      `namespace must ${DNS_LABEL} (got "Books"). Use "books".`,
    ],
    [
      'a namespace of 64 letters',
      { namespace: 'a'.repeat(64) },
      `namespace must ${DNS_LABEL} (got "${'a'.repeat(64)}").`,
    ],
    ['an empty namespace', { namespace: '' }, `namespace must ${DNS_LABEL} (got "").`],
    ['no namespace', { namespace: undefined }, 'namespace is required. It must be a string.'],
    [
      'the namespace default',
      { namespace: 'default' },
      'namespace must not be "default", where pods without a namespace run, so that its policies and roles apply to them (got "default"). Use a dedicated namespace, or set acknowledge.defaultNamespace to the reason.',
    ],
    [
      'a namespace of the cluster',
      { namespace: 'kube-system' },
      'namespace must not start with "kube-" or "gke-managed-", the prefixes of system namespaces (got "kube-system"). Use a dedicated namespace.',
    ],
    [
      'a namespace of GKE',
      { additionalNamespaces: ['gke-managed-cim'] },
      'additionalNamespaces[0] must not start with "kube-" or "gke-managed-", the prefixes of system namespaces (got "gke-managed-cim"). Use a dedicated namespace.',
    ],
    [
      'a namespace twice',
      { additionalNamespaces: ['shop', 'books'] },
      'additionalNamespaces[1] must be unique in the list (got "books"). Omit it.',
    ],
    [
      'the account default',
      { serviceAccountName: 'default' },
      'serviceAccountName must not be "default", the service account of every pod that names none (got "default"). Use a dedicated account, for example "reader".',
    ],
    [
      'an account in capitals',
      { serviceAccountName: 'Reader' },
      'serviceAccountName must be a DNS subdomain of at most 253 lower-case letters, digits, hyphens and dots (got "Reader"). Use "reader".',
    ],
    [
      'a Google account of 31 characters',
      { googleServiceAccount: { accountId: 'a'.repeat(31) } },
      `googleServiceAccount.accountId must ${ACCOUNT_ID} (got "${'a'.repeat(31)}"). Use "aaaaaaaaaaaaaaaaaaaaa-61c60b48".`,
    ],
    [
      'a Google account of 5 characters',
      { googleServiceAccount: { accountId: 'books' } },
      `googleServiceAccount.accountId must ${ACCOUNT_ID} (got "books").`,
    ],
    [
      'a Google account in capitals',
      { googleServiceAccount: { accountId: 'BooksReader' } },
      `googleServiceAccount.accountId must ${ACCOUNT_ID} (got "BooksReader"). Use "booksreader-1a33a5a9".`,
    ],
    [
      'a misspelt property of the Google account',
      { googleServiceAccount: { acountId: 'books-reader' } },
      'googleServiceAccount.acountId is not a property. Did you mean "accountId"?',
    ],
    [
      'a mode that does not exist',
      { kubernetesServiceAccount: 'Annotate' },
      'kubernetesServiceAccount must be one of "create", "annotate", "unmanaged" (got "Annotate"). Use "annotate".',
    ],
    [
      'an annotation that is the binding’s own',
      { annotations: { 'iam.gke.io/gcp-service-account': 'x' } },
      'the name "iam.gke.io/gcp-service-account" in annotations must not be an annotation of iam.gke.io or cdktf-multicloud.dev, which the binding sets (got "iam.gke.io/gcp-service-account").',
    ],
    [
      'a label value with a space',
      { labels: { team: 'the books' } },
      'labels["team"] must be empty or have at most 63 letters, digits, "-", "_" and ".", and start and end with a letter or digit (got "the books").',
    ],
    ['no reason', { reason: undefined }, 'reason is required. Set it here or with Defaults.of(scope).'],
    [
      'a reason with an expression in it',
      { reason: 'reads ${var.what}' },
      'reason must be one line of text with at least one visible character, at most 160 bytes, and no "${" or "%{" (got "reads ${var.what}").',
    ],
    [
      'a reason with a literal "${", which no description of Google and no annotation needs',
      { reason: 'reads $${path}' },
      'reason must be one line of text with at least one visible character, at most 160 bytes, and no "${" or "%{" (got "reads $${path}").',
    ],
    [
      'no cluster',
      { cluster: undefined, googleServiceAccount: {} },
      'cluster is required. It must be a cluster or a fleet: a GkeCluster, GkeCluster.fromAttributes(…) or a FleetWorkloadPool.',
    ],
    [
      'the name of a cluster instead of the cluster',
      { cluster: { name: 'books' }, googleServiceAccount: {} },
      'cluster must be a cluster or a fleet: a GkeCluster, GkeCluster.fromAttributes(…) or a FleetWorkloadPool (got {"name":"books"}).',
    ],
    [
      'a condition of nothing',
      { googleServiceAccount: {}, condition: { title: 'never', expression: ' ' } },
      'condition.expression must have 1 to 12,000 characters (got " ").',
    ],
    [
      'an acknowledgement of nothing',
      { namespace: 'default', acknowledge: { defaultNamespace: '' } },
      'acknowledge.defaultNamespace must be one line of text with at least one visible character, at most 200 bytes, and no "${" or "%{" (got ""). Write a text.',
    ],
  ])('%s is refused', (_, props, message) => {
    expect(refusal(() => bind(testStack(), props)).message).toBe(`prod/reader: ${message}`);
  });

  test.each([
    ['a namespace of 63 letters', { namespace: 'a'.repeat(63) }],
    ['a namespace of one letter', { namespace: 'a' }],
    ['a Google account of 6 characters', { googleServiceAccount: { accountId: 'reader' } }],
    ['a Google account of 30 characters', { googleServiceAccount: { accountId: 'a'.repeat(30) } }],
    ['an account with dots', { serviceAccountName: 'reader.books' }],
    ['a literal "${" in an annotation', { annotations: { 'example.com/path': '$${path}' } }],
  ])('%s is accepted', (_, props) => {
    const stack = testStack();
    bind(stack, props);
    expect(resources(stack, ACCOUNT)).toHaveLength(1);
  });

  test('a direct principal needs the number of the project', () => {
    const stack = testStack();
    GkeCluster.fromAttributes(stack, 'cluster', {
      project: { id: 'my-project' },
      name: 'b',
      location: 'us-central1',
    });
    expect(refusal(() => bind(stack)).message).toBe(
      'prod/reader: cluster.project.number is required because it is part of the name of a direct principal. Set project to { id, number }, or set googleServiceAccount.',
    );
  });

  test('several problems come in one error, and nothing of the binding is left behind', () => {
    const stack = testStack();
    const error = refusal(() =>
      bind(stack, {
        namespace: 'Books',
        serviceAccountName: 'default',
        googleServiceAccount: { accountId: 'x' },
        serviceAcountName: 'reader',
      } as never),
    );
    expect(error.problems.map(({ property }) => property)).toEqual([
      'namespace',
      'serviceAccountName',
      'googleServiceAccount.accountId',
      'serviceAcountName',
    ]);
    expect(error.message.startsWith('prod/reader: 4 problems\n  - namespace must be a DNS label: ')).toBe(
      true,
    );
    expect(stack.node.tryFindChild('reader')).toBeUndefined();
    expect(addresses(synthesized(stack))).toEqual([]);
  });

  test.each(['annotations', 'labels', 'additionalNamespaces'])(
    'null for %s is refused by name',
    (property) => {
      expect(refusal(() => bind(testStack(), { [property]: null })).message).toContain(
        `${property} must be `,
      );
    },
  );

  test('an account that is bound already is refused, since the two would fight over it', () => {
    const stack = testStack();
    bind(stack, { googleServiceAccount: { accountId: 'books-reader' } });
    const other = { googleServiceAccount: { accountId: 'books-writer' } };
    expect(refusal(() => bind(stack, other, 'again')).path).toBe('prod/again');
  });

  test('an object that only looks like a cluster is refused, not stumbled over', () => {
    expect(refusal(() => bind(testStack(), { cluster: { workloadPool: 'p.svc.id.goog' } })).path).toBe(
      'prod/reader',
    );
  });

  test('an object that only looks like a Google service account is refused, not stumbled over', () => {
    const googleServiceAccount = { resourceName: 'projects/p/serviceAccounts/a' };
    expect(refusal(() => bind(testStack(), { googleServiceAccount })).path).toBe('prod/reader');
  });
});
