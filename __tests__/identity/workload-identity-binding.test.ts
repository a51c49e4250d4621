import { ConfigMapV1 } from '@cdktf/provider-kubernetes/lib/config-map-v1';
import { TerraformVariable, Token, type TerraformElement, type TerraformStack } from 'cdktf';
import { GkeCluster } from '../../lib/gke/gke-cluster';
import { GkeNetwork } from '../../lib/gke/gke-network';
import { IsolatedNamespace } from '../../lib/gke/isolated-namespace';
import { FleetWorkloadPool } from '../../lib/identity/fleet-workload-pool';
import { GoogleServiceAccount } from '../../lib/identity/google-service-account';
import { IamConditions } from '../../lib/identity/iam-condition';
import { WorkloadIdentityBinding } from '../../lib/identity/workload-identity-binding';
import type { WorkloadIdentityBindingProps } from '../../lib/identity/workload-identity-binding-props';
import {
  addresses,
  byAddress,
  problems,
  refusal,
  resource,
  resources,
  sibling,
  synthesized,
  testStack,
  written,
} from '../synth';

const project = { id: 'my-project', number: '123456789012' };
const clusterOf = (stack: TerraformStack, id = 'cluster') =>
  GkeCluster.fromAttributes(stack, id, { project, name: 'books', location: 'us-central1' });

function bind(
  stack: TerraformStack,
  props: Partial<Record<keyof WorkloadIdentityBindingProps, unknown>> = {},
  id = 'reader',
): WorkloadIdentityBinding {
  return new WorkloadIdentityBinding(stack, id, {
    cluster: stack.node.tryFindChild('cluster') ?? clusterOf(stack),
    namespace: 'books',
    serviceAccountName: 'reader',
    reason: 'reads the catalogue',
    ...props,
  } as WorkloadIdentityBindingProps);
}

const IMPERSONATION = 'google_service_account_iam_member';
const ACCOUNT = 'kubernetes_service_account_v1';

describe('the smallest binding', () => {
  test('makes one Kubernetes service account, which is itself the principal', () => {
    const stack = testStack();
    const binding = bind(stack);
    expect(byAddress(stack)).toMatchInlineSnapshot(`
     {
       "kubernetes_service_account_v1.reader_service-account_DF06AD47": {
         "automount_service_account_token": false,
         "metadata": {
           "annotations": {
             "cdktf-multicloud.dev/reason": "reads the catalogue",
           },
           "name": "reader",
           "namespace": "books",
         },
       },
     }
    `);
    expect(binding.members).toEqual([
      'principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/my-project.svc.id.goog/subject/ns/books/sa/reader',
    ]);
    expect([binding.email, binding.googleServiceAccount]).toEqual([undefined, undefined]);
  });

  test('with a Google service account adds that account and the right to act as it', () => {
    const stack = testStack();
    const binding = bind(stack, { googleServiceAccount: { accountId: 'books-reader' } });
    expect(byAddress(stack)).toMatchInlineSnapshot(`
     {
       "google_service_account.reader_google-service-account_22842536": {
         "//": {
           "reason": "reads the catalogue",
         },
         "account_id": "books-reader",
         "description": "reads the catalogue",
         "display_name": "books-reader",
         "project": "my-project",
       },
       "google_service_account_iam_member.reader_impersonation_071BF089": {
         "//": {
           "reason": "reads the catalogue",
         },
         "depends_on": [
           "google_service_account.reader_google-service-account_22842536",
           "kubernetes_service_account_v1.reader_service-account_DF06AD47",
         ],
         "lifecycle": {
           "create_before_destroy": true,
         },
         "member": "serviceAccount:my-project.svc.id.goog[books/reader]",
         "role": "roles/iam.workloadIdentityUser",
         "service_account_id": "projects/my-project/serviceAccounts/books-reader@my-project.iam.gserviceaccount.com",
       },
       "kubernetes_service_account_v1.reader_service-account_DF06AD47": {
         "automount_service_account_token": false,
         "metadata": {
           "annotations": {
             "cdktf-multicloud.dev/reason": "reads the catalogue",
             "iam.gke.io/gcp-service-account": "books-reader@my-project.iam.gserviceaccount.com",
           },
           "name": "reader",
           "namespace": "books",
         },
       },
     }
    `);
    expect(binding.member).toBe('serviceAccount:books-reader@my-project.iam.gserviceaccount.com');
    expect(binding.email).toBe('books-reader@my-project.iam.gserviceaccount.com');
  });

  test.each([
    ['direct', {}],
    ['impersonating', { googleServiceAccount: {} }],
  ])('%s has no key, no authoritative IAM resource and no script', (_, props) => {
    const stack = testStack();
    bind(stack, props).grants.secretAccessor({ secretId: 'password' });
    const types = Object.keys(synthesized(stack).resource!);
    expect(
      types.filter((type) => /_iam_(binding|policy)$|_key$|null_resource|terraform_data/.test(type)),
    ).toEqual([]);
    expect(JSON.stringify(synthesized(stack))).not.toMatch(/local-exec|provisioner|private_key/);
  });
});

describe('a Google service account that exists', () => {
  const google = 'books@other-project.iam.gserviceaccount.com';

  test('of another project is bound there, and no account is made', () => {
    const stack = testStack();
    bind(stack, { googleServiceAccount: GoogleServiceAccount.fromEmail(stack, 'books', google) });
    expect(resources(stack, 'google_service_account')).toHaveLength(0);
    expect(resource(stack, IMPERSONATION)).toMatchObject({
      service_account_id: `projects/other-project/serviceAccounts/${google}`,
      member: 'serviceAccount:my-project.svc.id.goog[books/reader]',
    });
  });

  test('and is made in another stack orders the stacks and is referred to by name', () => {
    const accounts = testStack('accounts');
    const stack = sibling(accounts, 'workloads');
    const account = new GoogleServiceAccount(accounts, 'books', {
      project,
      accountId: 'books-reader',
      reason: 'x',
    });
    bind(stack, { googleServiceAccount: account });
    expect(resource(stack, IMPERSONATION).service_account_id).toBe(
      'projects/my-project/serviceAccounts/books-reader@my-project.iam.gserviceaccount.com',
    );
    const { manifest, text } = written(stack);
    expect(manifest.stacks.workloads?.dependencies).toEqual(['accounts']);
    expect(text).not.toContain('terraform_remote_state');
  });

  test('can be described with a project of its own', () => {
    const stack = testStack();
    bind(stack, { googleServiceAccount: { accountId: 'books-reader', project: { id: 'other-project' } } });
    expect(resource(stack, 'google_service_account').project).toBe('other-project');
    expect(resource(stack, IMPERSONATION).member).toBe('serviceAccount:my-project.svc.id.goog[books/reader]');
  });

  test('serves two bindings, each with a right of its own', () => {
    const stack = testStack();
    const account = new GoogleServiceAccount(stack, 'books', { project, reason: 'reads' });
    bind(stack, { googleServiceAccount: account });
    bind(stack, { googleServiceAccount: account, namespace: 'shop' }, 'shop');
    expect(resources(stack, 'google_service_account')).toHaveLength(1);
    expect(resources(stack, IMPERSONATION).map(({ member }) => member)).toEqual([
      'serviceAccount:my-project.svc.id.goog[books/reader]',
      'serviceAccount:my-project.svc.id.goog[shop/reader]',
    ]);
  });
});

describe('a Kubernetes service account that exists', () => {
  test('gets its annotations by the server, and no script runs', () => {
    const stack = testStack();
    bind(stack, {
      kubernetesServiceAccount: 'annotate',
      googleServiceAccount: { accountId: 'books-reader' },
    });
    expect(resources(stack, ACCOUNT)).toHaveLength(0);
    expect(resource(stack, 'kubernetes_annotations')).toEqual({
      api_version: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'reader', namespace: 'books' },
      annotations: {
        'iam.gke.io/gcp-service-account': 'books-reader@my-project.iam.gserviceaccount.com',
        'cdktf-multicloud.dev/reason': 'reads the catalogue',
      },
      field_manager: expect.stringMatching(/^cdktf-multicloud-annotations-c8[0-9a-f]{40}$/),
      force: true,
    });
    expect(JSON.stringify(synthesized(stack))).not.toMatch(/null_resource|local-exec|kubernetes_labels/);
  });

  describe('in a namespace that the same stack creates', () => {
    const annotated = { kubernetesServiceAccount: 'annotate', namespace: 'books' } as const;
    const MESSAGE =
      'prod/reader: serviceAccountCreatedBy is required, because this stack creates the namespace books and the service account reader does not exist before. Pass the resource that creates the account, for example the Helm release, or set kubernetesServiceAccount to "create".';

    test.each(['before', 'after'])('%s the binding is refused', (when) => {
      const stack = testStack();
      if (when === 'before') new IsolatedNamespace(stack, 'namespace', { name: 'books' });
      bind(stack, annotated);
      if (when === 'after') new IsolatedNamespace(stack, 'namespace', { name: 'books' });
      expect(() => synthesized(stack)).toThrow(MESSAGE);
    });

    test('waits for the resource that creates the account', () => {
      const stack = testStack();
      const { node } = new IsolatedNamespace(stack, 'namespace', { name: 'books' });
      const chart = new ConfigMapV1(stack, 'chart', { metadata: { name: 'chart', namespace: 'books' } });
      bind(stack, { ...annotated, labels: { team: 'books' }, serviceAccountCreatedBy: [chart] });
      for (const type of ['kubernetes_annotations', 'kubernetes_labels']) {
        expect(resource(stack, type).depends_on).toEqual([
          'kubernetes_config_map_v1.chart',
          `kubernetes_namespace_v1.${(node.defaultChild as TerraformElement).friendlyUniqueId}`,
        ]);
      }
    });

    test('is created by the binding without further order', () => {
      const stack = testStack();
      new IsolatedNamespace(stack, 'namespace', { name: 'books' });
      bind(stack);
      expect(() => synthesized(stack)).not.toThrow();
    });
  });

  test('the resource that creates it is for annotations only', () => {
    const stack = testStack();
    const chart = new ConfigMapV1(stack, 'chart', { metadata: { name: 'chart' } });
    expect(refusal(() => bind(stack, { serviceAccountCreatedBy: [chart] })).message).toBe(
      'prod/reader: serviceAccountCreatedBy must be omitted unless kubernetesServiceAccount is "annotate" (got ["prod/chart"]). Omit it, or set kubernetesServiceAccount to "annotate".',
    );
  });

  test('has one field manager per resource, since an apply removes the fields that its manager no longer sends', () => {
    const managers = ['first', 'second'].flatMap((id) => {
      const stack = testStack();
      bind(stack, { kubernetesServiceAccount: 'annotate', labels: { team: 'books' } }, id);
      return ['kubernetes_annotations', 'kubernetes_labels'].map(
        (type) => resource(stack, type).field_manager as unknown as string,
      );
    });
    expect(new Set(managers).size).toBe(4);
    // The API server accepts at most 128 characters.
    for (const manager of managers) expect(manager.length).toBeLessThanOrEqual(128);
  });

  test('gets its labels too where there are any', () => {
    const stack = testStack();
    bind(stack, { kubernetesServiceAccount: 'annotate', labels: { team: 'books' } });
    expect(resource(stack, 'kubernetes_labels')).toMatchObject({
      metadata: { name: 'reader', namespace: 'books' },
      labels: { team: 'books' },
    });
  });

  test('and is unmanaged is not touched; its annotations are there for a chart to write', () => {
    const stack = testStack();
    const binding = bind(stack, {
      kubernetesServiceAccount: 'unmanaged',
      googleServiceAccount: { accountId: 'books-reader' },
    });
    expect(addresses(synthesized(stack)).filter((address) => address.startsWith('kubernetes_'))).toEqual([]);
    expect(resources(stack, IMPERSONATION)).toHaveLength(1);
    expect(binding.annotations).toMatchObject({
      'iam.gke.io/gcp-service-account': 'books-reader@my-project.iam.gserviceaccount.com',
    });
  });

  test('and is itself the principal is not annotated with an account to act as', () => {
    const binding = bind(testStack(), { kubernetesServiceAccount: 'annotate' });
    expect(binding.annotations).toEqual({ 'cdktf-multicloud.dev/reason': 'reads the catalogue' });
  });
});

describe('several namespaces', () => {
  const props = { additionalNamespaces: ['shop', 'search'] };

  test('have an account each, and each may act as the one Google service account', () => {
    const stack = testStack();
    bind(stack, { ...props, googleServiceAccount: {} });
    expect(resources(stack, ACCOUNT).map(({ metadata }) => metadata!.namespace)).toEqual([
      'books',
      'shop',
      'search',
    ]);
    expect(resources(stack, IMPERSONATION).map(({ member }) => member)).toEqual([
      'serviceAccount:my-project.svc.id.goog[books/reader]',
      'serviceAccount:my-project.svc.id.goog[shop/reader]',
      'serviceAccount:my-project.svc.id.goog[search/reader]',
    ]);
    expect(resources(stack, 'google_service_account')).toHaveLength(1);
  });

  test('are a member each of every role without a Google service account', () => {
    const stack = testStack();
    bind(stack, props).grants.secretAccessor({ secretId: 'password' });
    const pool = 'projects/123456789012/locations/global/workloadIdentityPools/my-project.svc.id.goog';
    expect(resources(stack, 'google_secret_manager_secret_iam_member').map(({ member }) => member)).toEqual([
      `principal://iam.googleapis.com/${pool}/subject/ns/books/sa/reader`,
      `principal://iam.googleapis.com/${pool}/subject/ns/shop/sa/reader`,
      `principal://iam.googleapis.com/${pool}/subject/ns/search/sa/reader`,
    ]);
  });

  test('keep their addresses when one more is added in front', () => {
    const before = testStack();
    bind(before, { additionalNamespaces: ['shop'], googleServiceAccount: {} });
    const after = testStack();
    bind(after, { additionalNamespaces: ['search', 'shop'], googleServiceAccount: {} });
    expect(addresses(synthesized(after))).toEqual(expect.arrayContaining(addresses(synthesized(before))));
  });
});

describe('the pool of a fleet', () => {
  test('is that of its host project, and nothing is waited for', () => {
    const stack = testStack();
    const cluster = new FleetWorkloadPool({ id: 'fleet-project', number: '99' });
    const binding = bind(stack, { cluster, googleServiceAccount: { accountId: 'books-reader' } });
    expect(resource(stack, IMPERSONATION).member).toBe(
      'serviceAccount:fleet-project.svc.id.goog[books/reader]',
    );
    expect(resource(stack, ACCOUNT)).not.toHaveProperty('depends_on');
    expect(binding.email).toBe('books-reader@fleet-project.iam.gserviceaccount.com');
  });

  test('has direct principals by the number of its host project', () => {
    const cluster = new FleetWorkloadPool({ id: 'fleet-project', number: '99' });
    expect(bind(testStack(), { cluster }).member).toBe(
      'principal://iam.googleapis.com/projects/99/locations/global/workloadIdentityPools/fleet-project.svc.id.goog/subject/ns/books/sa/reader',
    );
  });

  test('of a project that cannot be is refused', () => {
    expect(refusal(() => new FleetWorkloadPool({ id: '123456789012' })).message).toBe(
      'FleetWorkloadPool: workloadPoolProject.id must be a project id: 6 to 30 lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen (got "123456789012"). This is a project number; set the project id.',
    );
  });

  test.each([
    [undefined, {}],
    [
      'books@my-project.iam.gserviceaccount.com',
      {
        service_account_impersonation_url:
          'https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/books@my-project.iam.gserviceaccount.com:generateAccessToken',
      },
    ],
  ])(
    'gives pods elsewhere a credential file without a secret, for the account %s',
    (email, impersonation) => {
      const pool = new FleetWorkloadPool({ id: 'fleet-project' });
      const identityProvider = 'https://container.googleapis.com/v1/projects/p/locations/l/clusters/c';
      expect(JSON.parse(pool.credentialConfiguration({ identityProvider, email }))).toEqual({
        type: 'external_account',
        audience: `identitynamespace:fleet-project.svc.id.goog:${identityProvider}`,
        ...impersonation,
        subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
        token_url: 'https://sts.googleapis.com/v1/token',
        credential_source: { file: '/var/run/secrets/tokens/gcp-ksa/token' },
      });
    },
  );
});

describe('order', () => {
  const made = (stack: TerraformStack) =>
    new GkeCluster(stack, 'cluster', {
      project,
      name: 'books',
      location: 'us-central1',
      network: GkeNetwork.fromAttributes(stack, 'network', { network: 'default', subnetwork: 'default' }),
    });
  const dependencies = (value: { depends_on?: unknown }) =>
    ((value.depends_on ?? []) as string[]).map((address) => address.replace(/_[0-9A-F]{8}$/, ''));

  test('the member waits for the cluster, whose pool it belongs to, and for the account', () => {
    const stack = testStack();
    bind(stack, { cluster: made(stack), googleServiceAccount: {} });
    expect(dependencies(resource(stack, IMPERSONATION))).toEqual([
      'google_container_cluster.cluster',
      'google_service_account.reader_google-service-account',
      'kubernetes_service_account_v1.reader_service-account',
    ]);
  });

  test('a grant to a direct principal waits for the cluster and the Kubernetes account', () => {
    const stack = testStack();
    bind(stack, { cluster: made(stack) }).grants.bucketReader({ name: 'covers' });
    expect(dependencies(resource(stack, 'google_storage_bucket_iam_member'))).toEqual([
      'google_container_cluster.cluster',
      'kubernetes_service_account_v1.reader_service-account',
    ]);
  });

  test('a grant to a Google service account waits for the account', () => {
    const stack = testStack();
    bind(stack, { googleServiceAccount: {} }).grants.bucketReader({ name: 'covers' });
    expect(dependencies(resource(stack, 'google_storage_bucket_iam_member'))).toEqual([
      'google_service_account.reader_google-service-account',
    ]);
  });

  test('the Kubernetes account waits for the cluster', () => {
    const stack = testStack();
    bind(stack, { cluster: made(stack) });
    expect(dependencies(resource(stack, ACCOUNT))).toEqual(['google_container_cluster.cluster']);
  });

  test('a cluster of another stack orders the stacks, and its state is not read', () => {
    const platform = testStack('platform');
    const stack = sibling(platform, 'workloads');
    bind(stack, { cluster: made(platform), googleServiceAccount: {} });
    const { manifest, text } = written(stack);
    expect(manifest.stacks.workloads?.dependencies).toEqual(['platform']);
    expect(text).not.toMatch(/terraform_remote_state|"output"/);
    expect(dependencies(resource(stack, ACCOUNT))).toEqual([]);
  });

  test.each(['before', 'after'])('the Kubernetes account waits for its namespace, made %s it', (when) => {
    const stack = testStack();
    if (when === 'before') new IsolatedNamespace(stack, 'namespace', { name: 'books' });
    bind(stack);
    if (when === 'after') new IsolatedNamespace(stack, 'namespace', { name: 'books' });
    expect(dependencies(resource(stack, ACCOUNT))).toEqual(['kubernetes_namespace_v1.namespace']);
  });

  test('a namespace of another name is not waited for', () => {
    const stack = testStack();
    new IsolatedNamespace(stack, 'namespace', { name: 'shop' });
    bind(stack);
    expect(resource(stack, ACCOUNT)).not.toHaveProperty('depends_on');
  });
});

describe('conditions', () => {
  test('say when pods may act as the account', () => {
    const stack = testStack();
    const condition = IamConditions.expiresAt('2027-01-31T00:00:00Z');
    bind(stack, { googleServiceAccount: {}, condition });
    expect(resource(stack, IMPERSONATION).condition).toEqual({
      title: 'until 2027-01-31T00:00:00Z',
      expression: 'request.time < timestamp("2027-01-31T00:00:00Z")',
    });
  });

  test('have no place on a direct principal', () => {
    const condition = IamConditions.expiresAt('2027-01-31T00:00:00Z');
    expect(problems(() => bind(testStack(), { condition })).condition).toMatchObject({
      rule: 'be omitted for a direct principal, which impersonates no Google service account',
      fix: 'Set the condition on the grants.',
    });
  });
});

describe('facts for people', () => {
  test('the justification stands on the accounts and beside the member', () => {
    const stack = testStack();
    bind(stack, { googleServiceAccount: {}, owner: 'team-books', ticket: 'BOOK-7' });
    const why = { reason: 'reads the catalogue', owner: 'team-books', ticket: 'BOOK-7' };
    expect(resource(stack, IMPERSONATION)['//']).toEqual(why);
    expect(resource(stack, 'google_service_account').description).toBe(
      'reads the catalogue (owner: team-books, ticket: BOOK-7)',
    );
    expect(resource(stack, ACCOUNT).metadata!.annotations).toMatchObject({
      'cdktf-multicloud.dev/reason': why.reason,
      'cdktf-multicloud.dev/owner': why.owner,
      'cdktf-multicloud.dev/ticket': why.ticket,
    });
  });

  test('further annotations stand beside those of the binding', () => {
    const stack = testStack();
    bind(stack, { annotations: { 'example.com/tier': 'gold' } });
    expect(resource(stack, ACCOUNT).metadata!.annotations).toMatchObject({ 'example.com/tier': 'gold' });
  });

  test('the namespace default is allowed when it is acknowledged, and the acknowledgement is written down', () => {
    const stack = testStack();
    const why = 'the guide deploys there';
    bind(stack, { namespace: 'default', googleServiceAccount: {}, acknowledge: { defaultNamespace: why } });
    expect(resource(stack, IMPERSONATION)).toMatchObject({
      '//': { acknowledged: { defaultNamespace: why } },
      member: 'serviceAccount:my-project.svc.id.goog[default/reader]',
    });
  });
});

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
      'additionalNamespaces[1] must be unique in the list (got "books").',
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
      'acknowledge.defaultNamespace must be one line of text with at least one visible character, at most 200 bytes, and no "${" or "%{" (got "").',
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

describe('values that Terraform will know', () => {
  test('a namespace from a variable stays a reference wherever it is used', () => {
    const stack = testStack();
    const namespace = new TerraformVariable(stack, 'namespace', { type: 'string' }).stringValue;
    bind(stack, { namespace, googleServiceAccount: {} });
    expect(resource(stack, ACCOUNT).metadata!.namespace).toBe('${var.namespace}');
    expect(resource(stack, IMPERSONATION).member).toBe(
      'serviceAccount:my-project.svc.id.goog[${var.namespace}/reader]',
    );
  });

  test('one more namespace from a variable is used, or refused by name', () => {
    const stack = testStack();
    const more = Token.asString(new TerraformVariable(stack, 'more', { type: 'string' }).value);
    const made = () => bind(stack, { additionalNamespaces: [more], googleServiceAccount: {} });
    expect(made).not.toThrow(/as the id of a construct/);
  });
});
