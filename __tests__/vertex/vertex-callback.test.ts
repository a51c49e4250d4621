import type { TerraformStack } from 'cdktf';
import { resolveTokens } from '../../lib/core/names';
import { IsolatedNamespace } from '../../lib/gke/isolated-namespace';
import { VertexCallback } from '../../lib/vertex/vertex-callback';
import type { VertexCallbackProps } from '../../lib/vertex/vertex-callback-props';
import { problems, refusal, resource, resources, synthesized, testStack } from '../synth';
import { existingTraining, location, project, TRAINER } from './fixtures';

type Props = Partial<Record<keyof VertexCallbackProps, unknown>>;

const NODES = 'books-nodes@my-project.iam.gserviceaccount.com';
const privatePath = {
  network: 'projects/my-project/global/networks/books',
  cidr: '10.9.0.0/26',
  nodeServiceAccountEmail: NODES,
};
const publicPath = { tokenCheckedBy: 'application', reason: 'jobs have no way through the VPC' };

function callback(stack: TerraformStack, props: Props = {}): VertexCallback {
  return new VertexCallback(stack, 'callback', {
    project,
    location,
    name: 'books',
    runAs: props.runAs ?? existingTraining(stack),
    audience: 'https://web.books.svc',
    namespace: props.namespace ?? new IsolatedNamespace(stack, 'namespace', { name: 'books' }),
    workloadName: 'web',
    port: 8000,
    privatePath,
    reason: 'jobs read what was sold',
    ...props,
  } as VertexCallbackProps);
}

const over = (props: Props = {}) => {
  const stack = testStack();
  callback(stack, props);
  return stack;
};
const inPublic = { privatePath: undefined, publicPath };
const policyOf = (stack: TerraformStack) =>
  resources(stack, 'kubernetes_network_policy_v1').find(
    ({ metadata }) => String(metadata!.name) === 'books-callback',
  )!.spec;

describe('the way through the VPC', () => {
  test.each([
    ['projects/host-project/global/networks/shared', 'host-project'],
    ['projects/my-project/global/networks/books', 'my-project'],
    ['books', 'my-project'],
  ])('has subnetwork and firewall in the project of the network %s', (network, owner) => {
    const stack = over({ privatePath: { ...privatePath, network } });
    expect(resource(stack, 'google_compute_subnetwork').project).toBe(owner);
    expect(resource(stack, 'google_compute_firewall').project).toBe(owner);
    expect(resource(stack, 'google_compute_network_attachment').project).toBe('my-project');
  });

  test('begins in a subnetwork of the jobs, whose flows are logged', () => {
    expect(resource(over(), 'google_compute_subnetwork')).toEqual({
      description: 'jobs read what was sold',
      ip_cidr_range: '10.9.0.0/26',
      log_config: {
        aggregation_interval: 'INTERVAL_5_SEC',
        flow_sampling: 0.5,
        metadata: 'INCLUDE_ALL_METADATA',
      },
      name: 'books-callback',
      network: 'projects/my-project/global/networks/books',
      private_ip_google_access: true,
      project: 'my-project',
      region: 'us-central1',
    });
  });

  test('is attached for those whom Vertex AI puts on the list, and nobody by default', () => {
    expect(resource(over(), 'google_compute_network_attachment')).toEqual({
      description: 'jobs read what was sold',
      connection_preference: 'ACCEPT_MANUAL',
      lifecycle: { ignore_changes: ['producer_accept_lists'] },
      name: 'books-callback',
      project: 'my-project',
      region: 'us-central1',
      subnetworks: ['${google_compute_subnetwork.callback_subnetwork_D468D4C7.id}'],
    });
  });

  test('is open in the firewall from that range, to the nodes, on the one port', () => {
    const { name, log_config, ...opening } = resource(over({ servicePort: 8443 }), 'google_compute_firewall');
    expect(opening).toEqual({
      description: 'jobs read what was sold',
      allow: [{ ports: ['8443'], protocol: 'tcp' }],
      direction: 'INGRESS',
      network: 'projects/my-project/global/networks/books',
      project: 'my-project',
      source_ranges: ['10.9.0.0/26'],
      target_service_accounts: [NODES],
    });
    expect([name, log_config]).toEqual(['books-callback', { metadata: 'INCLUDE_ALL_METADATA' }]);
  });

  test('ends at a load balancer that is internal, keeps the address of the caller, and admits the range alone', () => {
    const { metadata, spec } = resource(over(), 'kubernetes_service_v1');
    expect(metadata!.annotations).toEqual({ 'networking.gke.io/load-balancer-type': 'Internal' });
    expect(spec).toEqual({
      external_traffic_policy: 'Local',
      load_balancer_source_ranges: ['10.9.0.0/26'],
      port: [{ name: 'main', port: 443, protocol: 'TCP', target_port: '8000' }],
      selector: { 'app.kubernetes.io/name': 'web' },
      type: 'LoadBalancer',
    });
  });

  test('ends, in the namespace, at the pods of the workload and their port', () => {
    expect(policyOf(over())).toEqual({
      ingress: [
        { from: [{ ip_block: { cidr: '10.9.0.0/26' } }], ports: [{ port: '8000', protocol: 'TCP' }] },
      ],
      pod_selector: { match_labels: { 'app.kubernetes.io/name': 'web' } },
      policy_types: ['Ingress'],
    });
  });

  test('is attached by the agent of Vertex AI, which may do that and nothing else', () => {
    const stack = over();
    expect(resource(stack, 'google_project_iam_custom_role').permissions).toEqual([
      'compute.networkAttachments.get',
      'compute.networkAttachments.update',
      'compute.regionOperations.get',
    ]);
    expect(resource(stack, 'google_project_iam_member')).toMatchObject({
      member: 'serviceAccount:service-123456789012@gcp-sa-aiplatform.iam.gserviceaccount.com',
      role: 'projects/my-project/roles/vertex_callback_books',
    });
  });

  test('is handed to the job by the name of the attachment', () => {
    const stack = testStack();
    const { networkAttachment, address } = callback(stack);
    expect(resolveTokens(stack, [networkAttachment, address])).toEqual([
      'projects/my-project/regions/us-central1/networkAttachments/books-callback',
      '${kubernetes_service_v1.callback_load-balancer_CBDDAD9E.status[0].load_balancer[0].ingress[0].ip}',
    ]);
  });
});

describe('what the service checks', () => {
  test.each([
    ['private', {}],
    ['public', inPublic],
  ])('is the audience and the one caller, on the %s path', (_, props) => {
    const stack = testStack();
    const { environment } = callback(stack, props);
    expect(environment).toEqual({
      CALLBACK_AUDIENCE: 'https://web.books.svc',
      CALLBACK_ALLOWED_CALLERS: TRAINER,
    });
    expect(resource(stack, 'kubernetes_config_map_v1')).toMatchObject({
      data: environment,
      metadata: { name: 'books-callers', namespace: 'books' },
    });
  });

  test('carries the reason beside it', () => {
    expect(resource(over({ owner: 'team-ml' }), 'kubernetes_config_map_v1')['//']).toEqual({
      reason: 'jobs read what was sold',
      owner: 'team-ml',
    });
  });
});

describe('the way over the internet', () => {
  test('makes nothing in the network: the Gateway is yours', () => {
    const stack = over(inPublic);
    expect(
      Object.keys(synthesized(stack).resource ?? {}).filter((type) => type.startsWith('google_')),
    ).toEqual([]);
    expect(resources(stack, 'kubernetes_service_v1')).toEqual([]);
  });

  test("admits Google's load balancers to the pods, and nobody else", () => {
    expect(policyOf(over(inPublic))).toMatchObject({
      ingress: [
        { from: [{ ip_block: { cidr: '35.191.0.0/16' } }, { ip_block: { cidr: '130.211.0.0/22' } }] },
      ],
    });
  });

  test('has neither attachment nor address', () => {
    const { networkAttachment, address } = callback(testStack(), inPublic);
    expect([networkAttachment, address]).toEqual([undefined, undefined]);
  });

  test('says who checks the token, and why it is open', () => {
    expect(resource(over(inPublic), 'kubernetes_config_map_v1')['//']).toEqual({
      reason: 'jobs read what was sold',
      public: publicPath,
    });
  });
});

describe('bad input', () => {
  test.each<[string, Props, string]>([
    [
      'no path',
      { privatePath: undefined },
      'privatePath is required. Set one of privatePath and publicPath.',
    ],
    [
      'an audience without TLS',
      { audience: 'http://web.books.svc' },
      'audience must be an https URL, for example "https://books.example.com" (got "http://web.books.svc"). Use "https://web.books.svc".',
    ],
    [
      'a project without its number',
      { project: { id: 'my-project' } },
      'project.number is required because it is part of the name of the Vertex AI service agent. Set project to { id, number }.',
    ],
    [
      'the name of a namespace',
      { namespace: 'books' },
      'namespace must be an IsolatedNamespace or IsolatedNamespace.fromName(…) (got "books").',
    ],
    [
      'a public path that nobody checks',
      { ...inPublic, publicPath: { ...publicPath, tokenCheckedBy: 'nobody' } },
      'publicPath.tokenCheckedBy must be one of "application", "iap" (got "nobody").',
    ],
    [
      'a public path without a reason',
      { ...inPublic, publicPath: { tokenCheckedBy: 'iap' } },
      'publicPath.reason is required. It must be a string.',
    ],
  ])('%s is refused', (_, props, message) => {
    const stack = testStack();
    expect(refusal(() => callback(stack, props)).message).toBe(`prod/callback: ${message}`);
    expect(stack.node.tryFindChild('callback')).toBeUndefined();
  });

  test('both paths at once are refused', () => {
    expect(problems(() => over({ publicPath }))).toMatchObject({
      privatePath: { fix: 'Set one of privatePath and publicPath.' },
    });
  });

  test('the public path takes a project without its number', () => {
    const stack = over({ ...inPublic, project: { id: 'my-project' } });
    expect(resource(stack, 'kubernetes_config_map_v1').data).toMatchObject({
      CALLBACK_ALLOWED_CALLERS: TRAINER,
    });
  });

  test.each([
    ['10.0.0.0/16', true],
    ['10.0.0.0/15', false],
    ['10.9.0.0/28', true],
    ['10.9.0.0/29', false],
  ])('the range %s: %p', (cidr, good) => {
    const make = () => over({ privatePath: { ...privatePath, cidr } });
    if (good) expect(resource(make(), 'google_compute_subnetwork').ip_cidr_range).toBe(cidr);
    else {
      expect(problems(make)).toMatchObject({
        'privatePath.cidr': { value: cidr, rule: 'have a prefix from /16 to /28' },
      });
    }
  });

  test.each(['nodeServiceAccountEmail', 'network'])(
    'an empty %s of the private path is refused, since Google would refuse it at the apply',
    (property) => {
      expect(problems(() => over({ privatePath: { ...privatePath, [property]: '' } }))).toHaveProperty([
        `privatePath.${property}`,
      ]);
    },
  );
});
