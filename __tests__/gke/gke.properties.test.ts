import { EndpointCallers } from '../../lib/identity/federation/endpoint-callers';
import { GkeCluster } from '../../lib/gke/gke-cluster';
import { GkeNetwork } from '../../lib/gke/gke-network';
import { IsolatedNamespace } from '../../lib/gke/isolated-namespace';
import { Workload } from '../../lib/gke/workload';
import { VerifiedEndpoint } from '../../lib/gke/verified-endpoint/verified-endpoint';
import { testStack } from '../synth';
import { AcceleratorQuota } from '../../lib/gke/accelerator-quota';
import { GkeKubernetesProvider } from '../../lib/gke/gke-kubernetes-provider';
import { GkeNodePool } from '../../lib/gke/gke-node-pool';
import { LabelBasedRole } from '../../lib/gke/label-based-role';
import { constant, describeProperties } from '../property-harness';
import {
  project,
  identityIn,
  why,
  namespaceIn,
  image,
  clusterIn,
  labelledIn,
  nodesIn,
} from '../property-values';

describeProperties({
  GkeCluster: {
    make: (stack, props) => new GkeCluster(stack, 'it', props),
    good: {
      project: constant({ id: 'my-project' }, project),
      name: constant('books', 'c'),
      location: constant('us-central1'),
      network: [
        () =>
          GkeNetwork.fromAttributes(testStack(), 'network', { network: 'default', subnetwork: 'default' }),
      ],
      mode: constant(undefined, 'autopilot'),
      releaseChannel: constant(undefined, 'STABLE'),
      deletionProtection: constant(undefined, true, false),
      imageRepositories: constant(undefined, [{ repositoryId: 'images', location: 'us' }]),
      authorizedNetworks: constant(undefined, [{ cidr: '10.0.0.0/8', displayName: '"in"' }]),
      databaseKmsKeyName: constant(undefined, 'projects/p/locations/us-central1/keyRings/r/cryptoKeys/k'),
      fleetProject: constant(undefined, 'fleet-project'),
      labels: constant(undefined, { team: 'books' }),
    },
  },
  GkeNetwork: {
    make: (stack, props) => new GkeNetwork(stack, 'it', props),
    good: {
      project: constant({ id: 'my-project' }),
      region: constant('us-central1'),
      name: constant('books'),
      nodeCidr: constant(undefined, '192.168.0.0/20'),
      podCidr: constant(undefined, '172.16.0.0/14'),
      flowLogs: constant(undefined, true, false),
      nat: constant(undefined, true, false),
    },
  },
  IsolatedNamespace: {
    make: (stack, props) => new IsolatedNamespace(stack, 'it', props),
    good: {
      name: constant('books'),
      podSecurity: constant(undefined, 'baseline'),
      labels: constant(undefined, { team: 'books' }),
      quota: constant(undefined, { pods: '5' }),
      googleApis: constant(undefined, 'none', 'private'),
      containerDefaults: constant(undefined, { cpu: '1' }),
    },
  },
  VerifiedEndpoint: {
    make: (stack, props) => new VerifiedEndpoint(stack, 'it', props),
    good: {
      name: constant('books-verified', undefined),
      namespace: [namespaceIn],
      service: constant({
        workload: {
          namespace: 'books',
          serviceHost: 'books.books.svc.cluster.local',
          podLabels: { 'app.kubernetes.io/name': 'books' },
        },
        port: 8000,
      }),
      callers: constant([
        EndpointCallers.google({
          audience: 'https://books.example.com',
          serviceAccountEmails: ['a@my-project.iam.gserviceaccount.com'],
        }),
      ]),
      image: constant(`envoyproxy/envoy@sha256:${'a'.repeat(64)}`),
      exposure: constant('cluster'),
      tlsSecretName: constant('tls'),
      paths: constant(undefined, ['/v1']),
      methods: constant(undefined, ['GET']),
      replicas: constant(undefined, 1),
      ...why,
    },
  },
  Workload: {
    make: (stack, props) => new Workload(stack, 'it', props),
    good: {
      name: constant('web'),
      identity: [identityIn],
      image: constant(image),
      port: constant(1, 8000, 65_535),
      environment: constant(undefined, { A: 'b "c" \\ ü \n 🙂 $${d}' }),
      command: constant(undefined, ['sh', '-c', 'echo "$HOME"']),
      replicas: constant(undefined, 0, 3),
      resources: constant(undefined, { cpu: '1' }),
      probe: constant(undefined, { path: '/healthz' }, { path: '/ready', livenessPath: '/alive' }),
      imagePullPolicy: constant(undefined, 'Always' as const),
      labels: constant(undefined, { team: 'books' }),
    },
  },
  GkeNodePool: {
    make: (stack, props) => new GkeNodePool(stack, 'it', props),
    good: {
      cluster: [clusterIn],
      nodeServiceAccount: [nodesIn],
      name: constant('batch', 'b'),
      machineType: constant(undefined, 'n2-standard-4'),
      diskSizeGb: constant(undefined, 50),
      autoscaling: constant(undefined, { minNodes: 0, maxNodes: 3 }),
      spot: constant(undefined, true, false),
      labels: constant(undefined, { team: 'books' }),
      networkTags: constant(undefined, ['batch']),
      maxPodsPerNode: constant(undefined, 32),
    },
  },
  GkeKubernetesProvider: {
    make: (stack, props: object) =>
      new GkeKubernetesProvider(stack, 'it', (props && { alias: 'books', ...props }) as never),
    good: {
      cluster: [clusterIn],
      endpoint: constant(undefined, 'dns', 'ip'),
    },
  },
  LabelBasedRole: {
    make: (stack, props) => new LabelBasedRole(stack, 'it', props),
    good: {
      namespace: constant('books'),
      name: constant('submitters'),
      serviceAccounts: [
        (stack) => {
          labelledIn(stack);
          return { team: 'books' };
        },
      ],
      verbs: constant(['get'], ['create', 'list']),
      resources: constant(['jobs'], ['pods', 'pods/log']),
      ...why,
    },
  },
  AcceleratorQuota: {
    make: (stack, props) => new AcceleratorQuota(stack, 'it', props),
    good: {
      namespace: constant('books'),
      labels: constant({ farm: 'training' }),
      identity: [identityIn],
      count: constant(1, 16),
      resource: constant(undefined, 'nvidia.com/gpu'),
      waitsFor: [() => []],
    },
  },
});
