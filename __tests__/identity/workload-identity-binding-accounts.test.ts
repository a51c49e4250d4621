import { ConfigMapV1 } from '@cdktf/provider-kubernetes/lib/config-map-v1';
import { type TerraformElement } from 'cdktf';
import { IsolatedNamespace } from '../../lib/gke/isolated-namespace';
import { GoogleServiceAccount } from '../../lib/identity/google/google-service-account';
import { addresses, refusal, resource, resources, sibling, synthesized, testStack, written } from '../synth';
import { ACCOUNT, IMPERSONATION, bind, project } from './binding-fixtures';

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
