import type { Rule } from '../../rule';
import { clusterAdmin } from './cluster-admin';
import { defaultAccount } from './default-account';
import { escalatingVerb } from './escalating-verb';
import { hostNamespace } from './host-namespace';
import { imageDigest } from './image-digest';
import { jobDeadline } from './job-deadline';
import { keyFile } from './key-file';
import { metadataEgress } from './metadata-egress';
import { mountedToken } from './mounted-token';
import { nodeOrPodControl } from './node-or-pod-control';
import { openNetworkPolicy } from './open-network-policy';
import { podSecurity } from './pod-security';
import { privilegeEscalation } from './privilege-escalation';
import { privilegedContainer } from './privileged-container';
import { publicBinding } from './public-binding';
import { resourceLimits } from './resource-limits';
import { rootUser } from './root-user';
import { systemNamespace } from './system-namespace';
import { tokenSecret } from './token-secret';
import { wideSecretAccess } from './wide-secret-access';
import { wildcardRole } from './wildcard-role';

/** Rules for Kubernetes objects. */
export const kubernetesRules: readonly Rule[] = [
  privilegedContainer,
  hostNamespace,
  mountedToken,
  defaultAccount,
  systemNamespace,
  imageDigest,
  rootUser,
  privilegeEscalation,
  resourceLimits,
  keyFile,
  jobDeadline,
  openNetworkPolicy,
  wildcardRole,
  escalatingVerb,
  nodeOrPodControl,
  wideSecretAccess,
  clusterAdmin,
  publicBinding,
  podSecurity,
  tokenSecret,
  metadataEgress,
];
