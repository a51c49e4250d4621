import type { TerraformStack } from 'cdktf';
import { GkeCluster } from '../../../lib/gke/gke-cluster';
import { IsolatedNamespace } from '../../../lib/gke/isolated-namespace';
import { Workload } from '../../../lib/gke/workload';
import { testStack } from '../../synth';

const image = `us-docker.pkg.dev/books/images/books@sha256:${'0'.repeat(64)}`;

/** A stack that uses all that the library makes in Kubernetes. */
export function bookshop(): TerraformStack {
  const stack = testStack();
  const cluster = GkeCluster.fromAttributes(stack, 'cluster', {
    project: { id: 'my-project', number: '1' },
    name: 'books',
    location: 'us-central1',
  });
  const books = new IsolatedNamespace(stack, 'books', { name: 'books' });
  const shop = new IsolatedNamespace(stack, 'shop', { name: 'shop', googleApis: 'private' });

  const web = cluster.addWorkloadIdentity('web', {
    namespace: books.name,
    additionalNamespaces: [shop.name],
    serviceAccountName: 'web',
    labels: { team: 'books' },
    reason: 'serves the catalogue',
    owner: 'team-books',
  });
  const ranker = cluster.addWorkloadIdentity('ranker', {
    namespace: books.name,
    serviceAccountName: 'ranker',
    googleServiceAccount: { accountId: 'ranker', displayName: 'ranks the shelf' },
    labels: { team: 'ranking' },
    reason: 'ranks the shelf',
  });

  const service = new Workload(stack, 'service', {
    name: 'web',
    identity: web,
    image,
    port: 8000,
    labels: { team: 'books' },
    environment: { GREETING: 'costs $${5}' },
    requestReason: 'shows the shelf',
    autoscaling: { minReplicas: 2, maxReplicas: 4 },
    probe: { path: '/healthz' },
  });
  new Workload(stack, 'shop-service', {
    name: 'web',
    namespace: shop.name,
    identity: web,
    image,
    port: 8000,
    labels: { team: 'books' },
  });
  new Workload(stack, 'ranking', {
    name: 'ranker',
    identity: ranker,
    image,
    port: 9000,
    replicas: 1,
    labels: { team: 'ranking', accelerators: 'allowed' },
    resources: { gpus: 1 },
  });

  books.allowIngress('from-shop', { to: service.podLabels, ports: [8000, 8001], fromNamespace: shop.name });
  books.allowIngress('from-balancers', {
    to: service.podLabels,
    ports: [8000],
    fromCidrs: ['35.191.0.0/16'],
  });
  books.allowEgress('to-database', { cidrs: ['10.20.0.0/24'], ports: [5432], from: service.podLabels });
  books.allowByLabel('restart-books', {
    serviceAccounts: { team: 'books' },
    workloads: { team: 'books' },
    resources: ['deployments.apps'],
    verbs: ['get', 'patch'],
    reason: 'restarts the service after its password was rotated',
  });
  books.allowAccelerators('ranking', { labels: { accelerators: 'allowed' }, identity: ranker, count: 3 });
  return stack;
}
