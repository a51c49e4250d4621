import { checkRegionalArns } from '../../aws/regional-arns';
import type { WithInherited } from '../../core/inherited';
import { acknowledgement, justificationRules } from '../../core/justification';
import { boolean, knownAtSynth, list, optional, shape, type Report, type Shape } from '../../core/rules';
import { cluster } from '../../gke/cluster';
import { controlPlaneEndpoint } from '../../gke/gke-kubernetes-provider';
import { awsAccount } from '../../aws/account';
import { federation } from '../../identity/federation/aws-to-google-federation-rules';
import { dnsLabel, serviceAccountName } from '../../kubernetes/names';
import { shortName } from '../../core/short-name';
import { workloadIdentity } from '../../identity/google/workload-identity-binding-rules';
import { workloadNamespace } from '../../kubernetes/namespace-and-labels';
import { checkSameAccount } from '../../identity/federation/federation-account';
import { imagePatternRule } from './image-patterns';
import type { GkeJobTargetAcknowledgements, GkeJobTargetProps } from './gke-job-target-props';
import { awsProviderRules, functionRules } from '../../aws/options';
import { googleProviderRules } from '../../google/options';
import { kubernetesProviderRules } from '../../kubernetes/options';

export const gkeJobTargetRules: Shape<GkeJobTargetProps> = {
  ...justificationRules,
  name: knownAtSynth(shortName),
  cluster,
  identity: optional(workloadIdentity),
  namespace: workloadNamespace,
  serviceAccountName,
  images: list(knownAtSynth(imagePatternRule), { min: 1, max: 50 }),
  account: awsAccount,
  federation,
  queue: optional(dnsLabel),
  callbacks: optional(boolean),
  secrets: optional(list(knownAtSynth(dnsLabel))),
  endpoint: optional(controlPlaneEndpoint),
  ...functionRules,
  acknowledge: optional(
    shape<GkeJobTargetAcknowledgements>({ anyImage: acknowledgement, defaultNamespace: acknowledgement }),
  ),
  ...awsProviderRules,
  ...googleProviderRules,
  ...kubernetesProviderRules,
};

/** Cross-property validation of a target. */
export function gkeJobTargetCrossChecks(props: WithInherited<GkeJobTargetProps>, report: Report): void {
  const { images, namespace, acknowledge, endpoint } = props;
  checkIdentity(props, report);
  if (namespace === 'default' && acknowledge?.defaultNamespace === undefined) {
    report({
      property: 'namespace',
      value: namespace,
      rule: 'not be "default", where pods without a namespace run, so that its policies and roles apply to them',
      fix: 'Use a dedicated namespace, or set acknowledge.defaultNamespace to the reason.',
    });
  }
  images.forEach((pattern, index) => {
    if (!/^[^/]*\*/.test(pattern) || acknowledge?.anyImage !== undefined) return;
    report({
      property: `images[${index}]`,
      value: pattern,
      rule: 'name a registry, because any account can push to the registries that a "*" matches',
      fix: 'Write the host name of the registry, or set acknowledge.anyImage to the reason.',
    });
  });
  checkSameAccount(props, report);
  checkRegionalArns(props, report);
  // The certificate of an IP address is signed by the CA of the cluster.
  if (
    endpoint !== undefined &&
    endpoint.certificateAuthority === undefined &&
    /^\d+(\.\d+){3}(:\d+)?$/.test(endpoint.host)
  ) {
    report({
      property: 'endpoint.certificateAuthority',
      value: undefined,
      rule: 'be set for the IP address of a cluster',
      fix: 'Set the certificate of the CA of the cluster in base64.',
    });
  }
  // Of the DNS endpoint the certificate is a public one, and the cluster's own CA would not verify it.
  if (endpoint?.certificateAuthority !== undefined && /\.gke\.goog(:\d+)?$/.test(endpoint.host)) {
    report({
      property: 'endpoint.certificateAuthority',
      value: endpoint.certificateAuthority,
      rule: 'be omitted for the DNS endpoint, which has a public certificate',
      fix: 'Omit it.',
    });
  }
}

function checkIdentity({ identity, namespace, serviceAccountName }: GkeJobTargetProps, report: Report): void {
  if (identity === undefined) return;
  if (namespace !== undefined && !identity.namespaces.includes(namespace)) {
    report({
      property: 'namespace',
      value: namespace,
      rule: `be one of the namespaces of the identity: ${identity.namespaces.join(', ')}`,
      fix: 'Add the namespace to the identity, or use one of its namespaces.',
    });
  }
  if (serviceAccountName !== identity.serviceAccountName) {
    report({
      property: 'serviceAccountName',
      value: serviceAccountName,
      rule: 'be omitted when identity is set',
      fix: 'Omit it.',
    });
  }
}
