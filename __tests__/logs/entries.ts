/*
 * Sample log entries in the documented shapes.
 *
 * - Google Cloud: LogEntry with AuditLog, https://cloud.google.com/logging/docs/audit/understanding-audit-logs and
 *   https://github.com/googleapis/googleapis/blob/master/google/cloud/audit/audit_log.proto
 * - AWS: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */

export type AuditLogName = 'activity' | 'data_access' | 'system_event' | 'policy';

/** Caller of a request. Google omits the e-mail address of a federated identity. */
export interface Caller {
  readonly principalEmail?: string;
  readonly principalSubject?: string;
}

/** An audit log entry of Google Cloud. */
export function auditEntry(
  log: AuditLogName,
  protoPayload: object,
  authenticationInfo: Caller = { principalEmail: 'admin@example.com' },
): object {
  return {
    logName: `projects/my-project/logs/cloudaudit.googleapis.com%2F${log}`,
    resource: { type: 'audited_resource', labels: { project_id: 'my-project' } },
    severity: 'INFO',
    protoPayload: {
      '@type': 'type.googleapis.com/google.cloud.audit.AuditLog',
      status: {},
      authenticationInfo,
      ...protoPayload,
    },
  };
}

/** A prediction. https://cloud.google.com/vertex-ai/docs/general/audit-logging */
export function prediction(caller: Caller, method = 'Predict', status: object = {}): object {
  return auditEntry(
    'data_access',
    {
      serviceName: 'aiplatform.googleapis.com',
      methodName: `google.cloud.aiplatform.v1.PredictionService.${method}`,
      resourceName: 'projects/my-project/locations/us-central1/endpoints/4242',
      status,
    },
    caller,
  );
}

/** A change of a Deployment in GKE. https://cloud.google.com/kubernetes-engine/docs/how-to/audit-logging */
export function deploymentChange(
  verb: string,
  {
    namespace = 'books',
    cluster = 'main',
    labels = {} as Readonly<Record<string, string>>,
    resource = '',
  } = {},
): object {
  return {
    logName: 'projects/my-project/logs/cloudaudit.googleapis.com%2Factivity',
    resource: {
      type: 'k8s_cluster',
      labels: { project_id: 'my-project', location: 'us-central1', cluster_name: cluster },
    },
    protoPayload: {
      '@type': 'type.googleapis.com/google.cloud.audit.AuditLog',
      serviceName: 'k8s.io',
      methodName: `io.k8s.apps.v1.deployments.${verb}`,
      resourceName: `apps/v1/namespaces/${namespace}/deployments/ranker${resource}`,
      authenticationInfo: { principalEmail: 'deployer@my-project.iam.gserviceaccount.com' },
      response: { '@type': 'apps.k8s.io/v1.Deployment', metadata: { name: 'ranker', namespace, labels } },
      status: {},
    },
  };
}

/**
 * `userIdentity` of a session of a role; the root user without an ARN.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
export function userIdentity(roleArn?: string): object {
  if (roleArn === undefined) {
    return {
      type: 'Root',
      principalId: '210987654321',
      arn: 'arn:aws:iam::210987654321:root',
      accountId: '210987654321',
    };
  }
  const name = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return {
    type: 'AssumedRole',
    principalId: 'AROAEXAMPLE:run-1',
    arn: `arn:aws:sts::210987654321:assumed-role/${name}/run-1`,
    accountId: '210987654321',
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: 'AROAEXAMPLE',
        arn: roleArn,
        accountId: '210987654321',
        userName: name,
      },
      attributes: { creationDate: '2026-11-25T10:00:00Z', mfaAuthenticated: 'false' },
    },
  };
}

/** An event of CloudTrail. A denied request has an error code, a message and often no parameters. */
export function cloudTrailEvent(
  eventSource: string,
  eventName: string,
  requestParameters: object | null,
  more: object = {},
): object {
  return {
    eventVersion: '1.11',
    userIdentity: userIdentity('arn:aws:iam::210987654321:role/admin'),
    eventTime: '2026-11-25T10:00:00Z',
    eventSource,
    eventName,
    awsRegion: 'eu-west-1',
    sourceIPAddress: '192.0.2.1',
    requestParameters,
    responseElements: null,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '210987654321',
    eventCategory: 'Management',
    ...more,
  };
}
