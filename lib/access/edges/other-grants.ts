import { isComputedCopy } from '../../model/computed';
import { argument, type EdgeReader } from './reader';

/** Types that grant access without a policy document or a role: the argument with the identity. */
const OTHER_GRANTS: Readonly<Record<string, string>> = {
  aws_cloudwatch_event_permission: 'principal',
  aws_eks_access_policy_association: 'principal_arn',
  aws_kms_grant: 'grantee_principal',
  aws_lakeformation_permissions: 'principal',
  aws_lambda_layer_version_permission: 'principal',
  aws_ram_principal_association: 'principal',
  aws_s3control_access_grant: 'grantee',
  aws_ssoadmin_account_assignment: 'principal_id',
  aws_vpc_endpoint_service_allowed_principal: 'principal_arn',
  google_bigquery_dataset: 'access',
  google_bigquery_dataset_access: 'dataset_id',
  google_storage_bucket_access_control: 'entity',
  google_storage_bucket_acl: 'bucket',
  google_storage_default_object_access_control: 'entity',
  google_storage_default_object_acl: 'bucket',
  google_storage_object_access_control: 'entity',
  google_storage_object_acl: 'bucket',
};

/** Counts and names a grant whose permissions are not read. */
export const readOtherGrant: EdgeReader = (resource, context) => {
  const property = OTHER_GRANTS[resource.type];
  if (property === undefined || isComputedCopy(resource, property)) return;
  if (argument(resource, property, context) === undefined) return;
  context.graph.gap(resource, property, 'Grants of this type are not read.');
};
