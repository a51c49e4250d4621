import { TerraformVariable, Token, type TerraformStack } from 'cdktf';
import { GkeCluster } from '../../../lib/gke/gke-cluster';
import { GkeNetwork } from '../../../lib/gke/gke-network';
import { IsolatedNamespace } from '../../../lib/gke/isolated-namespace';
import { IamConditions } from '../../../lib/identity/google/iam-condition';
import { byAddress, problems, resource, sibling, synthesized, testStack, written } from '../../synth';
import { ACCOUNT, IMPERSONATION, bind, project } from '../binding-fixtures';

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
