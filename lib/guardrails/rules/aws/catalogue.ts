import type { Rule } from '../../rule';
import { accessKey } from './access-key';
import { administratorAttachment } from './administrator-attachment';
import { administratorPolicy } from './administrator-policy';
import { confusedDeputy } from './confused-deputy';
import { escalatingAction } from './escalating-action';
import { functionKey } from './function-key';
import { functionPermission } from './function-permission';
import { functionUrl } from './function-url';
import { identityToken } from './identity-token';
import { issuerCluster } from './issuer-cluster';
import { logRetention } from './log-retention';
import { oidcAudience } from './oidc-audience';
import { oidcTrust } from './oidc-trust';
import { openTrust } from './open-trust';
import { publicResource } from './public-resource';
import { taskToken } from './task-token';

/** Rules for access in AWS. */
export const awsRules: readonly Rule[] = [
  accessKey,
  oidcTrust,
  issuerCluster,
  openTrust,
  confusedDeputy,
  administratorPolicy,
  administratorAttachment,
  escalatingAction,
  taskToken,
  identityToken,
  publicResource,
  functionPermission,
  functionUrl,
  functionKey,
  logRetention,
  oidcAudience,
];
