import { referencesIn } from '../../../model/values/value';
import { rule } from '../../rule';
import { fail, pass } from '../../verdict';

/** Providers for a cluster that the same apply makes. */
export const providerOfNewCluster = rule(['provider.kubernetes', 'provider.helm'], {
  id: 'TFM004',
  title: 'Kubernetes provider of a cluster in the same stack',
  severity: 'error',
  why: 'Terraform configures the provider before the cluster exists, and a replaced cluster loses its objects in the plan.',
  fix: 'Move the cluster into a separate stack and read it as a data source.',
  check: ({ resource }) => {
    const found = referencesIn(resource.values).find(
      ({ address, stack }) => stack === undefined && address.startsWith('google_container_cluster.'),
    );
    return found ? fail(`The provider reads ${found.address}.`, { property: 'host' }) : pass;
  },
  passes: [{ host: 'https://${data.google_container_cluster.c.endpoint}' }],
  fails: [{ host: 'https://${google_container_cluster.c.endpoint}' }],
});
