import { TerraformOutput } from 'cdktf';
import { VerifiedEndpoint } from '../../../lib/gke/verified-endpoint/verified-endpoint';
import { EndpointCallers } from '../../../lib/identity/federation/endpoint-callers';
import { namespaceIn } from '../../property-values';
import { variantsOf, type TokenSubjects } from '../subject';
import { digest, tolerations, why } from './common';

export const endpoint: TokenSubjects = {
  VerifiedEndpoint: {
    make: (stack, props) =>
      new TerraformOutput(stack, 'url', { value: new VerifiedEndpoint(stack, 'it', props).url }),
    variants: variantsOf(
      (stack) => ({
        name: 'books-verified',
        namespace: namespaceIn(stack),
        service: {
          workload: {
            namespace: 'books',
            serviceHost: 'books.books.svc.cluster.local',
            podLabels: { app: 'books' },
          },
          port: 8000,
          servicePort: 80,
        },
        callers: [
          EndpointCallers.google({
            audience: 'https://books.example.com',
            serviceAccountEmails: ['a@my-project.iam.gserviceaccount.com'],
          }),
        ],
        image: `envoyproxy/envoy@${digest}`,
        exposure: 'internal',
        allowedRanges: ['10.0.0.0/8'],
        allowedNamespaces: ['shop'],
        tlsSecretName: 'tls',
        hostName: 'books.example.com',
        loadBalancerIp: '10.0.0.5',
        globalAccess: true,
        port: 8443,
        paths: ['/v1'],
        methods: ['GET'],
        limits: { requestBytes: 1000, timeoutSeconds: 60, concurrentRequests: 10, requestsPerConnection: 10 },
        replicas: 2,
        resources: { cpu: '1', memory: '1Gi', adjustedByCluster: true },
        nodeSelector: { pool: 'web' },
        tolerations,
        ...why,
      }),
      () => ({
        callers: [
          EndpointCallers.aws({
            audience: 'https://books.example.com',
            issuer: 'https://0f3c1b9a-1111-2222-3333-444455556666.tokens.sts.global.api.aws',
            roleArns: ['arn:aws:iam::210987654321:role/loader'],
            requestTags: { 'run-id': '*' },
          }),
        ],
        tlsSecretName: undefined,
        hostName: undefined,
        acknowledge: { plainHttp: 'inside of the mesh' },
      }),
    ),
  },
};
