import type { Configuration, Json } from '../../synth';
import { manifestsOf } from './manifests';

/** One resource of a stack, as Terraform reads it. */
const converted = (type: string, block: object) =>
  manifestsOf({ resource: { [type]: { it: block as Json } } } as unknown as Configuration)[0];
const metadata = { name: 'books' };

describe('a Terraform resource becomes a manifest', () => {
  test('in the names of the API, without what is for Terraform', () => {
    const block = {
      '//': { metadata: { path: 'prod/it' } },
      metadata,
      automount_service_account_token: false,
      depends_on: ['kubernetes_namespace_v1.books'],
    };
    expect(converted('kubernetes_service_account_v1', block)).toEqual({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata,
      automountServiceAccountToken: false,
    });
  });

  test('whose maps keep the keys of the user', () => {
    const block = {
      metadata: { ...metadata, labels: { cost_center: '7' } },
      data: { port: '8000', a_b: '1' },
    };
    expect(converted('kubernetes_config_map_v1', block)).toMatchObject({
      metadata: { labels: { cost_center: '7' } },
      data: { port: '8000', a_b: '1' },
    });
  });

  test('whose blocks are lists or objects as in the API, and whose numbers are numbers', () => {
    const probe = { tcp_socket: [{ port: '8000' }] };
    const spec = {
      template: [{ spec: { container: { port: [{ container_port: 1 }], liveness_probe: probe } } }],
    };
    expect(
      converted('kubernetes_deployment_v1', { metadata, spec: { replicas: '2', ...spec } }),
    ).toMatchObject({
      spec: {
        replicas: 2,
        template: {
          spec: {
            containers: [{ ports: [{ containerPort: 1 }], livenessProbe: { tcpSocket: { port: 8000 } } }],
          },
        },
      },
    });
  });

  test('without the lists that have no block', () => {
    const spec = { ingress: [], policy_types: [] };
    expect(converted('kubernetes_network_policy_v1', { metadata, spec })).toMatchObject({
      spec: { policyTypes: [] },
    });
    expect(converted('kubernetes_network_policy_v1', { metadata, spec })!.spec).not.toHaveProperty('ingress');
  });

  test.each([
    ['25%', '25%'],
    ['0', 0],
  ])('where %s may be a percentage', (text, sent) => {
    const spec = { max_unavailable: text };
    expect(converted('kubernetes_pod_disruption_budget_v1', { metadata, spec })).toMatchObject({
      spec: { maxUnavailable: sent },
    });
  });

  test.each([
    ['block', { selector: { match_labels: { a_b: 'c' } } }, { selector: { matchLabels: { a_b: 'c' } } }],
    ['map', { selector: { a_b: 'c' } }, { selector: { a_b: 'c' } }],
  ])('where a selector is a %s', (_, spec, sent) => {
    expect(converted('kubernetes_service_v1', { metadata, spec })).toMatchObject({ spec: sent });
  });

  test('as it is, where it is one already', () => {
    const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { snake_case: '$${kept}' } };
    expect(converted('kubernetes_manifest', { manifest })).toEqual({
      ...manifest,
      data: { snake_case: '${kept}' },
    });
  });
});

describe('nothing is guessed', () => {
  test('of a type that is not known', () => {
    expect(() => converted('kubernetes_ingress_v1', { metadata })).toThrow(
      'kubernetes_ingress_v1.it: what kubernetes_ingress_v1 is to the API is not known; add it to KINDS',
    );
  });

  test.each(['${google_service_account.reader.email}', '%{ if true }a%{ endif }'])(
    'of %s, which only Terraform knows',
    (value) => {
      const block = { metadata: { ...metadata, annotations: { account: value } } };
      expect(() => converted('kubernetes_service_account_v1', block)).toThrow(
        `kubernetes_service_account_v1.it.metadata.annotations.account: only Terraform knows "${value}"`,
      );
    },
  );

  test('of two blocks where the API has one object', () => {
    const spec = { selector: [{ match_labels: { a: 'b' } }, { match_labels: { c: 'd' } }] };
    expect(() => converted('kubernetes_deployment_v1', { metadata, spec })).toThrow(
      'kubernetes_deployment_v1.it.spec.selector: the API has one object, not 2; if it has a list, add it to LISTS',
    );
  });
});
