import { TerraformVariable, type TerraformStack } from 'cdktf';
import type { AcceleratorAccess } from '../../lib/gke/accelerator-quota';
import { IsolatedNamespace } from '../../lib/gke/isolated-namespace';
import { Workload } from '../../lib/gke/workload';
import type { WorkloadProps } from '../../lib/gke/workload-props';
import { problems, refusal, resource, resources, testStack, type Json } from '../synth';
import { reader } from '../vertex/fixtures';

type Access = Partial<Record<keyof AcceleratorAccess, unknown>>;

const namespaceIn = (stack: TerraformStack) =>
  (stack.node.tryFindChild('namespace') as IsolatedNamespace | undefined) ??
  new IsolatedNamespace(stack, 'namespace', { name: 'books' });
const allow = (stack: TerraformStack, access: Access = {}, id = 'training') =>
  namespaceIn(stack).allowAccelerators(id, {
    labels: { 'books/gpu': 'yes' },
    identity: access.identity ?? reader(stack),
    count: 4,
    ...access,
  } as AcceleratorAccess);
const allowed = (access: Access = {}) => {
  const stack = testStack();
  allow(stack, access);
  return stack;
};
const quota = (stack: TerraformStack) =>
  resources(stack, 'kubernetes_resource_quota_v1').find(
    ({ metadata }) => String(metadata!.name) !== 'quota',
  )!;
const manifests = (stack: TerraformStack) =>
  resources(stack, 'kubernetes_manifest').map(({ manifest }) => manifest as Json);
const policy = (stack: TerraformStack) =>
  manifests(stack)[0] as unknown as {
    metadata: { name: string };
    spec: { variables: object; validations: { expression: string; message: string }[] };
  };

describe('the quota', () => {
  test('is of accelerators alone, in the namespace, and waits for it', () => {
    expect(quota(allowed())).toEqual({
      depends_on: ['kubernetes_namespace_v1.namespace_67941C3A'],
      metadata: { name: 'accelerators-nvidia-com-gpu', namespace: 'books' },
      spec: { hard: { 'requests.nvidia.com/gpu': '4' } },
    });
  });

  test('may be of another accelerator', () => {
    expect(quota(allowed({ resource: 'google.com/tpu' })).spec).toEqual({
      hard: { 'requests.google.com/tpu': '4' },
    });
  });

  test('may be a number that Terraform will know', () => {
    const stack = testStack();
    allow(stack, { count: new TerraformVariable(stack, 'count', { type: 'number' }).numberValue });
    expect(quota(stack).spec).toEqual({ hard: { 'requests.nvidia.com/gpu': '${var.count}' } });
  });

  test.each([
    [0, undefined],
    [-1, 'Use at least 0.'],
    [10_000, undefined],
    [10_001, 'Use at most 10000.'],
  ])('of %d: %p', (count, remedy) => {
    if (remedy === undefined)
      expect(quota(allowed({ count })).spec!.hard).toEqual({ 'requests.nvidia.com/gpu': String(count) });
    else {
      expect(refusal(() => allowed({ count })).message).toBe(
        `prod/namespace/accelerators-training: count must be a whole number from 0 to 10000 (got ${count}). ${remedy}`,
      );
    }
  });
});

describe('the admission policy', () => {
  test('holds pods, label and service account to each other, in three sentences', () => {
    expect(policy(allowed())).toMatchInlineSnapshot(`
     {
       "apiVersion": "admissionregistration.k8s.io/v1",
       "kind": "ValidatingAdmissionPolicy",
       "metadata": {
         "name": "books-accelerators-nvidia-com-gpu",
       },
       "spec": {
         "failurePolicy": "Fail",
         "matchConstraints": {
           "resourceRules": [
             {
               "apiGroups": [
                 "",
               ],
               "apiVersions": [
                 "v1",
               ],
               "operations": [
                 "CREATE",
               ],
               "resources": [
                 "pods",
               ],
             },
           ],
         },
         "validations": [
           {
             "expression": "!variables.asks || variables.carries",
             "message": "pods that ask for nvidia.com/gpu carry books/gpu=yes",
             "reason": "Forbidden",
           },
           {
             "expression": "!variables.carries || variables.account == "reader"",
             "message": "pods that carry books/gpu=yes run as the service account reader",
             "reason": "Forbidden",
           },
           {
             "expression": "variables.carries || variables.account != "reader"",
             "message": "only pods that carry books/gpu=yes run as the service account reader",
             "reason": "Forbidden",
           },
         ],
         "variables": [
           {
             "expression": "object.metadata.?labels[?"books/gpu"].orValue("") == "yes"",
             "name": "carries",
           },
           {
             "expression": "(object.spec.containers + object.spec.?initContainers.orValue([])).exists(c, "nvidia.com/gpu" in c.?resources.?limits.orValue({}) || "nvidia.com/gpu" in c.?resources.?requests.orValue({})) || object.spec.?resourceClaims.hasValue()",
             "name": "asks",
           },
           {
             "expression": "object.spec.?serviceAccountName.orValue("default")",
             "name": "account",
           },
         ],
       },
     }
    `);
  });

  test('asks for every label', () => {
    const { spec } = policy(allowed({ labels: { 'books/gpu': 'yes', tier: 'train' } }));
    expect(spec.variables).toContainEqual({
      name: 'carries',
      expression:
        'object.metadata.?labels[?"books/gpu"].orValue("") == "yes" && object.metadata.?labels[?"tier"].orValue("") == "train"',
    });
    expect(spec.validations[0]!.message).toBe(
      'pods that ask for nvidia.com/gpu carry books/gpu=yes, tier=train',
    );
  });

  test('is bound to the namespace alone, and denies', () => {
    expect(manifests(allowed())[1]).toEqual({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: 'books-accelerators-nvidia-com-gpu' },
      spec: {
        matchResources: {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'books' } },
        },
        policyName: 'books-accelerators-nvidia-com-gpu',
        validationActions: ['Deny'],
      },
    });
  });

  test('is bound when it is there', () => {
    expect(resources(allowed(), 'kubernetes_manifest')[1]!.depends_on).toEqual([
      'kubernetes_namespace_v1.namespace_67941C3A',
      expect.stringMatching(/^kubernetes_manifest\.namespace_accelerators-training_policy_[0-9A-F]{8}$/),
    ]);
  });
});

describe('bad input', () => {
  test('an identity of another namespace is refused', () => {
    const stack = testStack();
    const identity = reader(stack, { namespace: 'shop' });
    expect(refusal(() => allow(stack, { identity })).message).toBe(
      'prod/namespace/accelerators-training: identity must be an identity that exists in the namespace books (got ["shop"]). Add the namespace to the identity, or use one of its namespaces.',
    );
  });

  test('an identity of several namespaces, this among them, is taken', () => {
    const stack = testStack();
    allow(stack, { identity: reader(stack, { namespace: 'shop', additionalNamespaces: ['books'] }) });
    expect(quota(stack).metadata).toMatchObject({ namespace: 'books' });
  });

  test.each<[string, Access, string]>([
    [
      'no label',
      { labels: {} },
      'labels must have at least one label, because an empty selector matches everything (got {}). Set the labels.',
    ],
    [
      'an accelerator without its domain',
      { resource: 'gpu' },
      'resource must be the resource name of an accelerator, for example "nvidia.com/gpu" or "google.com/tpu" (got "gpu").',
    ],
    ['a fraction of one', { count: 0.5 }, 'count must be a whole number from 0 to 10000 (got 0.5). Use 1.'],
  ])('%s is refused', (_, access, message) => {
    const stack = testStack();
    expect(refusal(() => allow(stack, access)).message).toBe(
      `prod/namespace/accelerators-training: ${message}`,
    );
    expect(stack.node.findChild('namespace').node.tryFindChild('accelerators-training')).toBeUndefined();
  });

  test('the name of an identity is refused', () => {
    expect(problems(() => allowed({ identity: 'reader' }))).toMatchObject({
      identity: {
        rule: 'be the identity of a Kubernetes service account, for example a WorkloadIdentityBinding',
      },
    });
  });

  test('a second quota of the same accelerator is refused: its objects would have the names of the first', () => {
    const stack = testStack();
    const identity = reader(stack);
    allow(stack, { identity });
    expect(problems(() => allow(stack, { identity, labels: { tier: 'serve' } }, 'serving'))).toHaveProperty(
      'allowAccelerators',
    );
  });
});

describe('a workload with GPUs', () => {
  const workload = (props: Partial<WorkloadProps> = {}) => {
    const stack = testStack();
    new Workload(stack, 'trainer', {
      name: 'trainer',
      identity: reader(stack),
      image: `r/trainer@sha256:${'a'.repeat(64)}`,
      port: 8000,
      ...props,
    });
    return (
      resource(stack, 'kubernetes_deployment_v1').spec!.template!.spec as unknown as {
        container: {
          resources: Record<string, Record<string, string>>;
          env?: { name: string; value?: string }[];
        }[];
      }
    ).container[0]!;
  };

  test('asks for them as a limit and as a request, which the quota counts', () => {
    const { resources: asked } = workload({ resources: { gpus: 2 } });
    expect([asked.limits!['nvidia.com/gpu'], asked.requests!['nvidia.com/gpu']]).toEqual(['2', '2']);
  });

  test('tells its pods who they are and why they call', () => {
    expect(workload({ requestReason: 'ranks the shelf' }).env!.at(-1)).toEqual({
      name: 'REQUEST_REASON',
      value: 'service=trainer;pod=$(POD_NAMESPACE)/$(POD_NAME);reason=ranks the shelf',
    });
  });

  test('of no reason is told nothing', () => {
    expect(workload().env).toEqual([]);
  });
});
