import { isComputedCopy } from '../../model/computed';
import type { ModelDocument } from '../../model/document';
import type { ModelIndex } from '../../model/model-index';
import type { ModelResource } from '../../model/model';
import { isModelObject, isUnset } from '../../model/values/value';

/** Arguments of a type with a policy of a resource. */
interface PolicyArguments {
  /** Argument with the document. */
  readonly document: string;
  /** Argument that identifies the resource, alone; omitted where only the address does. */
  readonly resource?: string;
}

const of = (resource?: string, document = 'policy'): PolicyArguments => ({
  document,
  ...(resource !== undefined && { resource }),
});

/** Types of the AWS provider 6.25.0 whose document states the principals that may use a resource. */
export const RESOURCE_POLICIES: Readonly<Record<string, PolicyArguments>> = {
  aws_acmpca_policy: of('resource_arn'),
  aws_api_gateway_domain_name: of('domain_name'),
  aws_api_gateway_rest_api: of(),
  aws_api_gateway_rest_api_policy: of('rest_api_id'),
  aws_backup_vault_policy: of('backup_vault_name'),
  aws_cloudsearch_domain_service_access_policy: of('domain_name', 'access_policy'),
  aws_cloudwatch_event_bus_policy: of('event_bus_name'),
  aws_cloudwatch_log_destination_policy: of('destination_name', 'access_policy'),
  aws_cloudwatch_log_resource_policy: of('policy_name', 'policy_document'),
  aws_codeartifact_domain_permissions_policy: of('domain', 'policy_document'),
  aws_codeartifact_repository_permissions_policy: of(undefined, 'policy_document'),
  aws_codebuild_resource_policy: of('resource_arn'),
  aws_dynamodb_resource_policy: of('resource_arn'),
  aws_ecr_registry_policy: of(),
  aws_ecr_repository_policy: of('repository'),
  aws_ecrpublic_repository_policy: of('repository_name'),
  aws_efs_file_system_policy: of('file_system_id'),
  aws_elasticsearch_domain: of('domain_name', 'access_policies'),
  aws_elasticsearch_domain_policy: of('domain_name', 'access_policies'),
  aws_glacier_vault: of('name', 'access_policy'),
  aws_glacier_vault_lock: of('vault_name'),
  aws_glue_resource_policy: of(),
  aws_kinesis_resource_policy: of('resource_arn'),
  aws_kms_external_key: of(),
  aws_kms_key: of(),
  aws_kms_key_policy: of('key_id'),
  aws_kms_replica_external_key: of(),
  aws_kms_replica_key: of(),
  aws_media_store_container_policy: of('container_name'),
  aws_msk_cluster_policy: of('cluster_arn'),
  aws_networkfirewall_resource_policy: of('resource_arn'),
  aws_oam_sink_policy: of('sink_identifier'),
  aws_opensearch_domain: of('domain_name', 'access_policies'),
  aws_opensearch_domain_policy: of('domain_name', 'access_policies'),
  aws_prometheus_resource_policy: of('workspace_id', 'policy_document'),
  aws_redshift_resource_policy: of('resource_arn'),
  aws_redshiftserverless_resource_policy: of('resource_arn'),
  aws_s3_access_point: of('name'),
  aws_s3_bucket: of('bucket'),
  aws_s3_bucket_policy: of('bucket'),
  aws_s3control_access_grants_instance_resource_policy: of(),
  aws_s3control_access_point_policy: of('access_point_arn'),
  aws_s3control_bucket_policy: of('bucket'),
  aws_s3control_object_lambda_access_point_policy: of('name'),
  aws_s3tables_table_bucket_policy: of('table_bucket_arn', 'resource_policy'),
  aws_s3tables_table_policy: of(undefined, 'resource_policy'),
  aws_s3vectors_vector_bucket_policy: of('vector_bucket_arn'),
  aws_sagemaker_model_package_group_policy: of('model_package_group_name', 'resource_policy'),
  aws_schemas_registry_policy: of('registry_name'),
  aws_secretsmanager_secret: of('name'),
  aws_secretsmanager_secret_policy: of('secret_arn'),
  aws_ses_identity_policy: of('identity'),
  aws_sesv2_email_identity_policy: of('email_identity'),
  aws_sns_topic: of('name'),
  aws_sns_topic_policy: of('arn'),
  aws_sqs_queue: of('name'),
  aws_sqs_queue_policy: of('queue_url'),
  aws_vpc_endpoint: of(),
  aws_vpc_endpoint_policy: of('vpc_endpoint_id'),
  aws_vpclattice_auth_policy: of('resource_identifier'),
  aws_vpclattice_resource_policy: of('resource_arn'),
  aws_xray_resource_policy: of('policy_name', 'policy_document'),
};

/** Arguments that can have a policy document, over all types of the provider. */
const ARGUMENTS =
  /^(access_polic(y|ies)|content|inline_policy|policy|policy_document|policy_text|resource_policy)$/;

/** Types whose policy is about data, not about access, or which name a policy. */
const NOT_OF_ACCESS = /lifecycle|data_protection|_attachment$/;

/** Document in an argument of a resource. */
export interface ResourcePolicy {
  /** Argument with the document. */
  readonly path: string;
  readonly document: ModelDocument;
}

/** Policy documents in the arguments of a resource of AWS, but for those of IAM. */
export function resourcePolicies(index: ModelIndex, resource: ModelResource): readonly ResourcePolicy[] {
  const { type, stack, values } = resource;
  if (NOT_OF_ACCESS.test(type) || type.startsWith('aws_iam_')) return [];
  return (
    Object.entries(values)
      .filter(([path, value]) => ARGUMENTS.test(path) && !isUnset(value) && value !== '')
      // What a provider computed is a copy of the policy that another resource states.
      .filter(([path]) => !isComputedCopy(resource, path))
      .map(([path, value]) => ({ path, document: index.document(stack, value) }))
      .filter(({ path, document }) => {
        if (document.kind === 'parsed') return isModelObject(document.value) && 'Statement' in document.value;
        // A text that only Terraform knows can be anything but for its name.
        return (
          path === RESOURCE_POLICIES[type]?.document || (path !== 'content' && document.kind === 'unknown')
        );
      })
  );
}
