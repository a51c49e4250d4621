import { nearest } from '../core/names';
import { record, rule, string, type Rule } from '../core/rules';
import { quantity } from './quantity';

const KEYS = [
  'requests.cpu',
  'requests.memory',
  'requests.ephemeral-storage',
  'requests.storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  'cpu',
  'memory',
  'ephemeral-storage',
  'pods',
  'services',
  'services.loadbalancers',
  'services.nodeports',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'replicationcontrollers',
  'resourcequotas',
];

/** Extended resources, huge pages, storage classes and counts of any kind of object. */
const OPEN =
  /^(requests\.[a-z0-9.-]+\/[a-zA-Z0-9._-]+|(requests\.|limits\.)?hugepages-\w+|[a-z0-9.-]+\.storageclass\.storage\.k8s\.io\/(requests\.storage|persistentvolumeclaims)|count\/[a-z0-9.-]+)$/;

/** Hard limits of a ResourceQuota. https://kubernetes.io/docs/concepts/policy/resource-quotas/ */
export const hardLimits: Rule = record(
  string(
    rule(
      'be a key of a ResourceQuota, for example "requests.cpu"',
      (value) => KEYS.includes(value as string) || OPEN.test(value as string),
      (value) => {
        const meant = nearest(value as string, KEYS);
        return meant === undefined ? undefined : `Did you mean "${meant}"?`;
      },
    ),
  ),
  quantity,
);
