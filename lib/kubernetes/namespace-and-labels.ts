import { all, record, rule, type Rule } from '../core/rules';
import { dnsLabel, labelKey, labelValue } from './names';

/** A namespace that workloads may be put in: no system namespace. */
export const workloadNamespace: Rule = all(
  dnsLabel,
  rule(
    'namespaces that begin with "kube-" or "gke-managed-" belong to the cluster',
    (value) => !/^(kube-|gke-managed-)/.test(value as string),
    () => 'Give the workload a namespace of its own.',
  ),
);

export const labels = record(labelKey, labelValue);

/** Labels to find things by: without any they would be everything. */
export const someLabels: Rule = all(
  labels,
  rule(
    'it has at least one label, since without any it would be everything',
    (value) => Object.keys(value as object).length > 0,
    () => 'Name the labels.',
  ),
);
