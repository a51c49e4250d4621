import { all, record, rule, type Rule } from '../core/rules';
import { dnsLabel, labelKey, labelValue } from './names';

/** A namespace that workloads may be put in: no system namespace. */
export const workloadNamespace: Rule = all(
  dnsLabel,
  rule(
    'not start with "kube-" or "gke-managed-", the prefixes of system namespaces',
    (value) => !/^(kube-|gke-managed-)/.test(value as string),
    () => 'Use a dedicated namespace.',
  ),
);

export const labels = record(labelKey, labelValue);

/** Labels to find things by: without any they would be everything. */
export const someLabels: Rule = all(
  labels,
  rule(
    'have at least one label, because an empty selector matches everything',
    (value) => Object.keys(value as object).length > 0,
    () => 'Set the labels.',
  ),
);
