import { type TerraformStack } from 'cdktf';
import { EndpointCallers } from '../../../lib/identity/federation/endpoint-callers';
import { IsolatedNamespace } from '../../../lib/gke/isolated-namespace';
import { VerifiedEndpoint } from '../../../lib/gke/verified-endpoint/verified-endpoint';
import type { VerifiedEndpointProps } from '../../../lib/gke/verified-endpoint/verified-endpoint-props';
import { testStack } from '../../synth';

export type Props = Partial<Record<keyof VerifiedEndpointProps, unknown>>;

export const AUDIENCE = 'https://books.example.com';
export const EMAIL = 'bridge@my-project.iam.gserviceaccount.com';
export const ISSUER = 'https://0f3c1b9a-1111-2222-3333-444455556666.tokens.sts.global.api.aws';
export const ROLE = 'arn:aws:iam::123456789012:role/etl-bridge';
export const google = EndpointCallers.google({ audience: AUDIENCE, serviceAccountEmails: [EMAIL] });
export const aws = EndpointCallers.aws({ issuer: ISSUER, audience: AUDIENCE, roleArns: [ROLE] });

export const workload = {
  namespace: 'books',
  serviceHost: 'books.books.svc.cluster.local',
  podLabels: { 'app.kubernetes.io/name': 'books' },
};

export const image = `envoyproxy/envoy:distroless-v1.40.0@sha256:${'0'.repeat(64)}`;
export const plainHttp = 'the namespace is on nodes of its own';

export function endpointIn(stack: TerraformStack, props: Props = {}, name = 'endpoint'): VerifiedEndpoint {
  const namespace =
    props.namespace ??
    new IsolatedNamespace(stack, `${name}-namespace`, { name: 'books', googleApis: 'none' });
  return new VerifiedEndpoint(stack, name, {
    name: 'books-verified',
    namespace,
    service: { workload, port: 8000 },
    callers: [google, aws],
    image,
    exposure: 'cluster',
    acknowledge: { plainHttp },
    reason: 'state machines ask for books',
    ...props,
  } as VerifiedEndpointProps);
}

export const external: Props = {
  exposure: 'external',
  allowedRanges: ['0.0.0.0/0'],
  tlsSecretName: 'books-tls',
  hostName: 'books.example.com',
  acknowledge: undefined,
};

export function stackWith(props: Props = {}): TerraformStack {
  const stack = testStack();
  endpointIn(stack, props);
  return stack;
}
