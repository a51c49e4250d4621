import { deploymentFilter } from '../../lib/vertex/deployment-filter';
import type { DeploymentSource } from '../../lib/vertex/training-trigger-props';
import { deploymentChange } from '../logs/entries';
import { matchesQuery } from '../logs/logging-query';

const cluster = { project: { id: 'my-project' }, location: 'us-central1', name: 'main' };
const labels = { 'app.kubernetes.io/name': 'ranker', retrain: 'yes' };
const filter = deploymentFilter({ cluster, namespace: 'books', labels } as unknown as DeploymentSource);

// https://cloud.google.com/kubernetes-engine/docs/how-to/audit-logging
test.each<[string, object, boolean]>([
  ['a new Deployment', deploymentChange('create', { labels }), true],
  ['a changed Deployment', deploymentChange('update', { labels }), true],
  ['a patched Deployment', deploymentChange('patch', { labels: { ...labels, team: 'a' } }), true],
  ['a deleted Deployment', deploymentChange('delete', { labels }), false],
  ['a Deployment that is read', deploymentChange('get', { labels }), false],
  ['a Deployment without a label', deploymentChange('patch', { labels: { retrain: 'yes' } }), false],
  [
    'a Deployment with another value',
    deploymentChange('patch', { labels: { ...labels, retrain: 'no' } }),
    false,
  ],
  ['another namespace', deploymentChange('patch', { labels, namespace: 'books2' }), false],
  ['another cluster', deploymentChange('patch', { labels, cluster: 'main-2' }), false],
  ['the status of the Deployment', deploymentChange('patch', { labels, resource: '/status' }), false],
  ['the scale of the Deployment', deploymentChange('patch', { labels, resource: '/scale' }), false],
])('%s', (_, entry, expected) => {
  expect(matchesQuery(filter, entry)).toBe(expected);
});
