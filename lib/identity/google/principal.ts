import type { IConstruct } from 'constructs';
import type { AwaitedResource } from '../../core/ordering';
import { constructLike, type Rule } from '../../core/rules';

/** A principal of IAM grants in Google Cloud: a pod's identity, a service account, a federated AWS role. */
export interface IGooglePrincipal {
  /**
   * IAM members, for example `serviceAccount:a@p.iam.gserviceaccount.com`. One, but for an identity that pods
   * of several namespaces share without a Google service account. Known at synth.
   */
  readonly members: readonly string[];

  /**
   * Resources that a grant must wait for: IAM rejects a member that does not exist yet.
   * @param scope scope of the grant; resources of other stacks order the stacks instead
   */
  dependenciesIn(scope: IConstruct): AwaitedResource[];
}

/** Workload identity pool of Kubernetes service accounts: of a cluster's project or of a fleet. */
export interface IWorkloadPool {
  /** Project that the pool belongs to. */
  readonly workloadPoolProject: {
    /** Project id. */
    readonly id: string;
    /** Project number. @default - unknown; direct principals need it */
    readonly number?: string;
  };
  /** Name of the pool, `PROJECT_ID.svc.id.goog`. Known at synth. */
  readonly workloadPool: string;

  /**
   * Resources that a member of the pool must wait for. The first cluster of a project creates the pool; before it, IAM
   * answers "Identity Pool does not exist".
   * @param scope where the member is granted a role
   */
  dependenciesIn(scope: IConstruct): AwaitedResource[];
}

export const principal: Rule = constructLike(
  'an identity, for example a WorkloadIdentityBinding or a GoogleServiceAccount',
  {
    members: 'object',
    dependenciesIn: 'function',
  },
);

export const workloadPool: Rule = constructLike(
  'a cluster or a fleet: a GkeCluster, GkeCluster.fromAttributes(…) or a FleetWorkloadPool',
  { workloadPool: 'string', workloadPoolProject: 'object', dependenciesIn: 'function' },
);

export const serviceAccount: Rule = constructLike(
  'a GoogleServiceAccount or GoogleServiceAccount.fromEmail(…)',
  {
    email: 'string',
    member: 'string',
    members: 'object',
    resourceName: 'string',
    dependenciesIn: 'function',
  },
);
