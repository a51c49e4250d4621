import { all, knownAtSynth, record, rule, type Rule } from '../core/rules';
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

/**
 * Labels of a selector: at least one, and known at synth. A label that Terraform evaluates to null is dropped, and an
 * empty selector matches everything.
 */
export const someLabels: Rule = knownAtSynth(
  all(
    record(knownAtSynth(labelKey), knownAtSynth(labelValue)),
    rule(
      'have at least one label, because an empty selector matches everything',
      (value) => Object.keys(value as object).length > 0,
      () => 'Set the labels.',
    ),
  ),
);
