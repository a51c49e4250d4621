/** Permissions that Terraform needs for one resource type, by operation. */
export interface OperationPermissions {
  readonly create: readonly string[];
  readonly read: readonly string[];
  readonly update: readonly string[];
  readonly delete: readonly string[];
}

/** Operation of Terraform on a resource. A plan uses `read` only. */
export type DeployOperation = keyof OperationPermissions;

/** All operations, in the order of the tables. */
export const ALL_OPERATIONS: readonly DeployOperation[] = ['create', 'read', 'update', 'delete'];

/** Needs of a resource in addition if an attribute is set. */
export interface GoogleCondition {
  /** Path of the attribute. Blocks are separated by ".", list indices are omitted. */
  readonly attribute: string;
  readonly apis?: readonly string[];
  readonly permissions?: readonly string[];
  /** APIs whose service agent must exist. */
  readonly serviceAgents?: readonly string[];
  /** API whose service agent encrypts and decrypts with the Cloud KMS key in the attribute. */
  readonly keyUser?: string;
}

/** Needs of one resource type or data source of the google providers. */
export interface GoogleTypePermissions extends OperationPermissions {
  /** APIs that the project must enable. */
  readonly apis: readonly string[];
  /** APIs whose service agent must exist. */
  readonly serviceAgents?: readonly string[];
  /** Attribute paths of service accounts that the deployer attaches: it needs `iam.serviceAccounts.actAs`. */
  readonly actsAs?: readonly string[];
  /** Attribute paths of subnetworks. One of another project is a subnetwork of a Shared VPC. */
  readonly subnetworks?: readonly string[];
  readonly when?: readonly GoogleCondition[];
}

/** Actions on the resource that an attribute names. */
export interface AwsReferencePermissions {
  /** Path of the attribute with the ARN. */
  readonly attribute: string;
  readonly actions: readonly string[];
  /** Service that receives the role, for the condition `iam:PassedToService`. */
  readonly passedTo?: string;
}

/** Actions in addition if an attribute is set. */
export interface AwsCondition {
  readonly attribute: string;
  /** Actions without resource-level permissions. */
  readonly actions: readonly string[];
}

/** Needs of one resource type of the aws provider. */
export interface AwsTypePermissions extends OperationPermissions {
  /** ARN patterns of the resource. `{name}` is the attribute `name`; an unknown value becomes `*`. */
  readonly arns: readonly string[];
  /** Attribute that names another resource whose ARNs apply, if that resource is in the same stack. */
  readonly of?: string;
  /** Actions that AWS does not restrict to a resource. They are read-only. */
  readonly unrestricted?: readonly string[];
  readonly references?: readonly AwsReferencePermissions[];
  readonly when?: readonly AwsCondition[];
}

/** Rule of a Kubernetes ClusterRole. */
export interface KubernetesRule {
  /** API groups; an empty text is the core group. */
  readonly apiGroups: readonly string[];
  /** Resources in the plural, for example `deployments`. */
  readonly resources: readonly string[];
  /** Verbs, for example `get`. */
  readonly verbs: readonly string[];
}

/** Needs of one resource type of the kubernetes provider. */
export interface KubernetesTypePermissions {
  readonly apiGroup: string;
  /** Plural name, for example `deployments`. */
  readonly resource: string;
  /** Rules in addition to the verbs of the resource. */
  readonly rules?: readonly KubernetesRule[];
}
