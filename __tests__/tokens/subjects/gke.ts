import { AcceleratorQuota } from '../../../lib/gke/accelerator-quota';
import { GkeCluster } from '../../../lib/gke/gke-cluster';
import { GkeKubernetesProvider } from '../../../lib/gke/gke-kubernetes-provider';
import { GkeNetwork } from '../../../lib/gke/gke-network';
import { GkeNodePool } from '../../../lib/gke/gke-node-pool';
import { IsolatedNamespace } from '../../../lib/gke/isolated-namespace';
import { LabelBasedRole } from '../../../lib/gke/label-based-role';
import { Workload } from '../../../lib/gke/workload';
import { WorkloadIdentityBinding } from '../../../lib/identity/google/workload-identity-binding';
import { clusterIn, identityIn, labelledIn, nodesIn } from '../../property-values';
import { variantsOf, type TokenSubjects } from '../subject';
import { digest, kmsKeyName, project, tolerations, why } from './common';
import { TerraformOutput, type TerraformStack } from 'cdktf';

const networkIn = (stack: TerraformStack) =>
  stack.node.tryFindChild('network') ??
  GkeNetwork.fromAttributes(stack, 'network', { network: 'default', subnetwork: 'default' });

const pool = {
  name: 'batch',
  machineType: 'n1-standard-4',
  diskSizeGb: 50,
  diskType: 'pd-ssd',
  zones: ['us-central1-a'],
  autoscaling: { minNodes: 0, maxNodes: 3, locationPolicy: 'ANY' },
  labels: { team: 'books' },
  taints: [{ key: 'batch', value: 'yes', effect: 'NO_SCHEDULE' }],
  networkTags: ['batch'],
  gpu: {
    type: 'nvidia-tesla-t4',
    count: 1,
    driverVersion: 'LATEST',
    sharing: { strategy: 'TIME_SHARING', maxSharedClientsPerGpu: 2 },
  },
  maxPodsPerNode: 32,
};
const reserved = { ...pool, autoscaling: undefined, nodeCount: 1, reservation: 'books' };
const spot = { ...pool, spot: true };
const partitioned = {
  ...pool,
  machineType: 'a2-highgpu-1g',
  gpu: { type: 'nvidia-tesla-a100', count: 1, partitionSize: '1g.5gb' },
};
const flexible = { ...pool, flexStart: true, queuedProvisioning: true, maxRunDurationSeconds: 3_600 };

export const gke: TokenSubjects = {
  AcceleratorQuota: {
    make: (stack, props) => new AcceleratorQuota(stack, 'it', props),
    variants: [
      (stack) => ({
        namespace: 'books',
        waitsFor: [],
        labels: { farm: 'training' },
        identity: identityIn(stack),
        count: 1,
        resource: 'nvidia.com/gpu',
      }),
    ],
  },
  GkeCluster: {
    make: (stack, props) => new GkeCluster(stack, 'it', props),
    variants: variantsOf(
      (stack) => ({
        project,
        name: 'books',
        location: 'us-central1',
        network: networkIn(stack),
        mode: 'autopilot',
        releaseChannel: 'STABLE',
        deletionProtection: true,
        imageRepositories: [{ repositoryId: 'images', location: 'us', project: 'my-project' }],
        workloadPool: 'my-project.svc.id.goog',
        dnsEndpointExternalTraffic: false,
        authorizedNetworks: [{ cidr: '10.0.0.0/8', displayName: 'office' }],
        publicIpEndpoint: true,
        acknowledge: { publicIpEndpoint: 'CI has no VPN' },
        databaseKmsKeyName: kmsKeyName,
        binaryAuthorization: true,
        rbacSecurityGroup: 'gke-security-groups@example.com',
        secretManagerAddon: true,
        fleetProject: 'fleet-project',
        maintenanceWindow: {
          startTime: '2030-01-05T02:00:00Z',
          endTime: '2030-01-05T14:00:00Z',
          recurrence: 'FREQ=WEEKLY;BYDAY=SA,SU',
        },
        labels: { team: 'books' },
      }),
      ...[pool, reserved, spot, partitioned, flexible].map((each) => () => ({
        mode: 'standard',
        nodePools: [each],
      })),
    ),
  },
  'GkeCluster.fromAttributes': {
    make: (stack, props) => usesOf(stack, GkeCluster.fromAttributes(stack, 'it', props)),
    variants: [() => ({ project, name: 'books', location: 'us-central1' })],
  },
  'GkeCluster.adopt': {
    make: (stack, props) => GkeCluster.adopt(stack, 'it', props),
    variants: [() => ({ project, name: 'books', location: 'us-central1' })],
  },
  GkeKubernetesProvider: {
    make: (stack, props) => new GkeKubernetesProvider(stack, 'it', props),
    variants: [(stack) => ({ cluster: clusterIn(stack), endpoint: 'dns', alias: 'books' })],
  },
  GkeNetwork: {
    make: (stack, props) => new GkeNetwork(stack, 'it', props),
    variants: [
      () => ({
        project,
        region: 'us-central1',
        name: 'books',
        nodeCidr: '192.168.0.0/20',
        podCidr: '172.16.0.0/14',
        serviceCidr: '10.0.0.0/20',
        flowLogs: true,
        nat: true,
      }),
    ],
  },
  'GkeNetwork.fromAttributes': {
    make: (stack, props) =>
      new GkeCluster(stack, 'cluster', {
        project,
        name: 'books',
        location: 'us-central1',
        network: GkeNetwork.fromAttributes(stack, 'it', props),
      }),
    variants: [
      () => ({
        network: 'default',
        subnetwork: 'default',
        podsRangeName: 'pods',
        servicesRangeName: 'services',
      }),
    ],
  },
  GkeNodePool: {
    make: (stack, props) => new GkeNodePool(stack, 'it', props),
    variants: [pool, reserved, spot, partitioned, flexible].map((each) => (stack: TerraformStack) => ({
      ...each,
      cluster: clusterIn(stack),
      nodeServiceAccount: nodesIn(stack),
    })),
  },
  IsolatedNamespace: {
    make: (stack, props) => new IsolatedNamespace(stack, 'it', props),
    variants: [
      () => ({
        name: 'books',
        podSecurity: 'baseline',
        labels: { team: 'books' },
        googleApis: 'private',
        quota: { pods: '5' },
        containerDefaults: { cpu: '1', memory: '1Gi' },
      }),
    ],
  },
  'IsolatedNamespace.fromName': {
    make: (stack, { name }: { name: string }) =>
      new TerraformOutput(stack, 'name', { value: IsolatedNamespace.fromName(stack, 'it', name).name }),
    variants: [() => ({ name: 'books' })],
  },
  LabelBasedRole: {
    make: (stack, props) => new LabelBasedRole(stack, 'it', props),
    variants: [
      (stack) => {
        labelledIn(stack);
        return {
          namespace: 'books',
          name: 'submitters',
          serviceAccounts: { team: 'books' },
          verbs: ['get'],
          resources: ['jobs'],
          ...why,
        };
      },
      (stack) => {
        labelledIn(stack);
        workloadIn(stack);
        return {
          namespace: 'books',
          name: 'submitters',
          serviceAccounts: { team: 'books' },
          verbs: ['get'],
          resources: ['deployments.apps'],
          workloads: { team: 'books' },
          ...why,
        };
      },
    ],
  },
  Workload: {
    make: (stack, props) => new Workload(stack, 'it', props),
    variants: variantsOf(
      (stack) => ({
        name: 'web',
        namespace: 'books',
        identity: identityIn(stack),
        image: `r/web@${digest}`,
        port: 8000,
        containerName: 'app',
        servicePort: 80,
        environment: { A: 'b' },
        requestReason: 'ranks the shelf',
        command: ['sh'],
        args: ['-c', 'true'],
        labels: { team: 'books' },
        replicas: 3,
        resources: { cpu: '1', memory: '1Gi', ephemeralStorage: '1Gi', gpus: 1, adjustedByCluster: true },
        probe: { path: '/healthz', livenessPath: '/alive', startupSeconds: 60 },
        imagePullPolicy: 'Always',
        userId: 1000,
        writableRootFilesystem: true,
        kubernetesApiToken: true,
        nodeSelector: { pool: 'batch' },
        tolerations,
        terminationGracePeriodSeconds: 60,
      }),
      () => ({
        replicas: undefined,
        autoscaling: { minReplicas: 1, maxReplicas: 3, cpuPercent: 60 },
        image: 'r/web:1',
        acknowledge: { imageByTag: 'rolls with the tag' },
      }),
    ),
  },
};

const workloadIn = (stack: TerraformStack) =>
  stack.node.tryFindChild('workload') ??
  new Workload(stack, 'workload', {
    name: 'shelf',
    identity: identityIn(stack) as never,
    image: `r/web@${digest}`,
    port: 8000,
    labels: { team: 'books' },
  });

function usesOf(stack: TerraformStack, cluster: ReturnType<typeof GkeCluster.fromAttributes>): void {
  const props = { cluster, namespace: 'books', serviceAccountName: 'reader', reason: 'reads' };
  new WorkloadIdentityBinding(stack, 'identity', props).grants.bucketReader({ name: 'sales' });
  new GkeNodePool(stack, 'pool', { cluster, name: 'batch', nodeServiceAccount: nodesIn(stack) as never });
}
