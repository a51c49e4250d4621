import type { Rule } from '../../rule';
import { accessPolicy } from './access-policy';
import { accountId } from './account-id';
import { adminRole } from './admin-role';
import { authoritativeBinding } from './authoritative-binding';
import { authoritativePolicy } from './authoritative-policy';
import { basicRole } from './basic-role';
import { defaultServiceAccount } from './default-service-account';
import { denyException } from './deny-exception';
import { disabledApi } from './disabled-api';
import { escalatingPermission } from './escalating-permission';
import { providerCondition } from './provider-condition';
import { publicMember } from './public-member';
import { serviceAccountKey } from './service-account-key';
import { serviceAgentRole } from './service-agent-role';
import { sharedAccount } from './shared-account';
import { wholePool } from './whole-pool';
import { wideDataRole } from './wide-data-role';
import { wideImpersonation } from './wide-impersonation';
import { workloadIdentityMember } from './workload-identity-member';

/** Rules for access in Google Cloud. */
export const googleIamRules: readonly Rule[] = [
  serviceAccountKey,
  basicRole,
  adminRole,
  serviceAgentRole,
  wideImpersonation,
  workloadIdentityMember,
  publicMember,
  wholePool,
  authoritativeBinding,
  authoritativePolicy,
  wideDataRole,
  accountId,
  disabledApi,
  escalatingPermission,
  providerCondition,
  sharedAccount,
  defaultServiceAccount,
  denyException,
  accessPolicy,
];
