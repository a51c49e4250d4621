import { ValidationError } from '../../core/errors';
import type { AwaitedResource } from '../../core/ordering';
import { problemsOf } from '../../core/validation';
import { terraformTextJson } from '../../core/terraform-json';
import { workloadPoolOf } from './members';
import { project as projectRule, type GoogleProject } from '../../google/project';
import type { IWorkloadPool } from './principal';

/** Which cluster and which account a pod outside the fleet's own project signs in for. */
export interface FleetCredentialOptions {
  /**
   * Identity provider of the cluster's membership, as `gcloud container fleet memberships describe` prints it
   * under `authority.identityProvider`.
   */
  readonly identityProvider: string;
  /**
   * E-mail of the Google service account to impersonate.
   * @default - the direct principal
   */
  readonly email?: string;
}

/**
 * The pool that all clusters of a fleet share. Pass it as the `cluster` of a `WorkloadIdentityBinding` for
 * clusters that are registered with the fleet of another project.
 * https://cloud.google.com/kubernetes-engine/fleet-management/docs/use-workload-identity
 */
export class FleetWorkloadPool implements IWorkloadPool {
  /** Workload identity pool, `PROJECT.svc.id.goog`. */
  public readonly workloadPool: string;

  constructor(
    /** Host project of the fleet. */
    public readonly workloadPoolProject: GoogleProject,
  ) {
    const problems = problemsOf(projectRule, workloadPoolProject, 'workloadPoolProject');
    if (problems.length > 0) throw new ValidationError('FleetWorkloadPool', problems);
    this.workloadPool = workloadPoolOf(workloadPoolProject.id);
  }

  /** Nothing: the pool comes with the fleet, before any cluster is registered. */
  public dependenciesIn(): AwaitedResource[] {
    return [];
  }

  /**
   * The file that application default credentials read (`GOOGLE_APPLICATION_CREDENTIALS`) in pods of clusters
   * outside the host project. It holds no secret: the pod proves itself by a projected service account token
   * with the audience `workloadPool`, mounted at `/var/run/secrets/tokens/gcp-ksa/token`.
   */
  public credentialConfiguration({ identityProvider, email }: FleetCredentialOptions): string {
    const impersonation = email && {
      service_account_impersonation_url: `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${email}:generateAccessToken`,
    };
    return terraformTextJson({
      type: 'external_account',
      audience: `identitynamespace:${this.workloadPool}:${identityProvider}`,
      ...impersonation,
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      token_url: 'https://sts.googleapis.com/v1/token',
      credential_source: { file: '/var/run/secrets/tokens/gcp-ksa/token' },
    });
  }
}
