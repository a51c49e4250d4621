import type { AccessSource } from './source';

/** Part of the picture in which a node stands, in the direction of a call. */
export type AccessLane = 'ci' | 'aws' | 'federation' | 'google' | 'kubernetes' | 'resource';

/** Kind of a node. The part before the point names its system. */
export type AccessNodeKind =
  | 'aws.account'
  | 'aws.eventSource'
  | 'aws.federatedProvider'
  | 'aws.function'
  | 'aws.group'
  | 'aws.principal'
  | 'aws.resource'
  | 'aws.role'
  | 'aws.service'
  | 'aws.stateMachine'
  | 'aws.user'
  | 'ci.identity'
  | 'google.member'
  | 'google.pool'
  | 'google.provider'
  | 'google.resource'
  | 'google.serviceAccount'
  | 'kubernetes.namespace'
  | 'kubernetes.resource'
  | 'kubernetes.serviceAccount'
  | 'kubernetes.subject'
  | 'kubernetes.workload';

/** An identity, something that runs as an identity, or something that an identity can use. */
export interface AccessNode {
  /**
   * Stable id: the kind and the name in its cloud where it is known at synth, for example
   * `google.serviceAccount/etl@my-project.iam.gserviceaccount.com`; else the kind, the stack and the address.
   */
  readonly id: string;
  /** Kind of the node. */
  readonly kind: AccessNodeKind;
  /** Name for people. It can have any characters: output must escape it. */
  readonly label: string;
  /** Part of the picture. */
  readonly lane: AccessLane;
  /**
   * Names under which policies and logs mention the node: ARNs, e-mail addresses, `principal://` members, Kubernetes
   * users; sorted, empty for a resource without such a name.
   */
  readonly names: readonly string[];
  /** Whether the cloud assigns the name of the node and only the address is known. */
  readonly pending: boolean;
  /**
   * Resource that declares the node.
   * @default - a policy mentions the node and no stack declares it
   */
  readonly source?: AccessSource;
  /**
   * Project, account, or cluster and namespace of the node, for filters.
   * @default - not known
   */
  readonly scope?: string;
}
