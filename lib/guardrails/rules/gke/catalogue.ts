import type { Rule } from '../../rule';
import { accountAnnotation } from './account-annotation';
import { autopilotConflict } from './autopilot-conflict';
import { bindingOrder } from './binding-order';
import { deletionProtection } from './deletion-protection';
import { flexStart } from './flex-start';
import { flowLogs } from './flow-logs';
import { identitySameness } from './identity-sameness';
import { kubeletPort } from './kubelet-port';
import { legacyAccess } from './legacy-access';
import { metadataServer } from './metadata-server';
import { networkPolicies } from './network-policies';
import { nodeAccount } from './node-account';
import { openControlPlane } from './open-control-plane';
import { privateNodes } from './private-nodes';
import { queuedProvisioning } from './queued-provisioning';
import { releaseChannel } from './release-channel';
import { secretEncryption } from './secret-encryption';
import { secureBoot } from './secure-boot';
import { workloadPool } from './workload-pool';

/** Rules for clusters and their networks. */
export const gkeRules: readonly Rule[] = [
  workloadPool,
  metadataServer,
  nodeAccount,
  bindingOrder,
  accountAnnotation,
  privateNodes,
  openControlPlane,
  deletionProtection,
  releaseChannel,
  secureBoot,
  legacyAccess,
  kubeletPort,
  secretEncryption,
  flowLogs,
  flexStart,
  queuedProvisioning,
  autopilotConflict,
  networkPolicies,
  identitySameness,
];
