/** Consequences of a deletion by type: lost data, a lost identity, or an id that stays blocked. */
const LOSSES: readonly (readonly [RegExp, string])[] = [
  [/^google_iam_workload_identity_pool(_provider)?$/, 'Its id stays blocked for 30 days.'],
  [
    /^google_(project|organization)_iam_custom_role$/,
    'Its id stays blocked for 7 days, and every holder loses the role.',
  ],
  [/^google_service_account$/, 'Its grants are lost: a new account of the same name has another id.'],
  [/^google_(kms_crypto_key|kms_key_ring)|^aws_kms_key$/, 'Data that it encrypts cannot be read without it.'],
  [/^google_container_(cluster|node_pool)$/, 'Its workloads end.'],
  [
    /^(google_sql_|google_spanner_|google_bigquery_(dataset|table)|google_bigtable_|google_firestore_|google_redis_|google_alloydb_)/,
    'Its data is deleted.',
  ],
  [
    /^google_(storage_bucket|filestore_instance|compute_disk|compute_snapshot|artifact_registry_repository)$/,
    'Its content is deleted.',
  ],
  [/^google_(pubsub_topic|pubsub_subscription)$/, 'Its messages are lost.'],
  [/^google_(secret_manager_secret|secret_manager_secret_version)$/, 'Its values are deleted.'],
  [/^google_logging_project_bucket_config$/, 'Its log entries are deleted.'],
  [/^google_project$/, 'Everything in the project is deleted.'],
  [/^google_vertex_ai_(endpoint|featurestore|index)/, 'Its deployed content is lost.'],
  [
    /^(aws_db_|aws_rds_|aws_dynamodb_table|aws_elasticache_|aws_redshift_|aws_opensearch_|aws_efs_|aws_ebs_volume|aws_ecr_repository)/,
    'Its data is deleted.',
  ],
  [/^aws_s3_bucket$/, 'Its objects are deleted.'],
  [/^aws_sqs_queue$/, 'Its messages are lost.'],
  [/^aws_secretsmanager_secret$/, 'Its values are deleted after the recovery window.'],
  [/^aws_cloudwatch_log_group$/, 'Its log entries are deleted.'],
  [/^aws_cloudtrail$/, 'Events are not recorded until another trail exists.'],
  [/^aws_sfn_state_machine$/, 'Its history is deleted, and running executions end.'],
  [
    /^(aws_iam_role|aws_iam_user)$/,
    'Trust policies that name it stop working: a new one of the same name has another id.',
  ],
  [/^aws_iam_openid_connect_provider$/, 'Roles that trust it accept no token without it.'],
  [/^kubernetes_namespace(_v1)?$/, 'All objects in it are deleted.'],
  [
    /^kubernetes_(persistent_volume|persistent_volume_claim|stateful_set|secret)(_v1)?$/,
    'Its data can be deleted.',
  ],
];

/** Types about a thing with data, which have none themselves: grants, policies, groups of settings. */
const WITHOUT_DATA =
  /_iam_(audit_config|binding|member|policy)$|_(policy|(option|parameter|security|subnet)_group)$/;

/** Consequence of the deletion of a resource; `undefined` if only the resource is lost. */
export function lossOf(type: string): string | undefined {
  if (WITHOUT_DATA.test(type)) return undefined;
  return LOSSES.find(([pattern]) => pattern.test(type))?.[1];
}
