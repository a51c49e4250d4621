import type { TerraformResource } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import type { Justification } from '../core/justification';
import { identityOf } from '../core/names';
import type { GoogleProject } from '../google/project';
import { GoogleGrants } from '../identity/google/grants';
import type { IGooglePrincipal } from '../identity/google/principal';
import type { RepositoryReference } from '../identity/google/references';
import { allowPipelineRuns } from './pipeline-runner';
import { allowAgentToRead } from './service-agents';
import type { ITrainingIdentity } from './vertex-training-identity';
import type { GoogleProviderOptions } from '../google/options';

/** Submitter of jobs: the part of `VertexAccessProps` that the grants need. */
export interface Submitter extends GoogleProviderOptions {
  readonly identity: IGooglePrincipal;
  readonly project: GoogleProject;
}

/** Grants for jobs that run as another account. Each grant is created once for all kinds of jobs. */
export class RunAsGrants {
  /** Members made so far. */
  public readonly made: TerraformResource[] = [];
  private readonly granted = new Set<string>();

  constructor(
    private readonly scope: Construct,
    private readonly submitter: Submitter,
  ) {}

  /** Allows the submitter to impersonate the account of a job, and to stage files in its bucket. */
  public allow(runAs: ITrainingIdentity, why: Justification): void {
    const { account, bucket } = runAs;
    const grants = this.grantsAfter(runAs, why);
    if (this.isFirst('impersonate', account.email)) {
      this.made.push(...grants.serviceAccountRole(account, 'roles/iam.serviceAccountUser'));
    }
    if (this.isFirst('stage in', bucket.name)) {
      this.made.push(
        ...grants.bucketRole(bucket, 'roles/storage.objectCreator'),
        ...grants.bucketReader(bucket),
      );
    }
  }

  /** Allows the account to run pipelines, and the submitter and the service agent to read their templates. */
  public allowPipelines(
    runAs: ITrainingIdentity,
    templateRepositories: readonly RepositoryReference[],
    why: Justification,
  ): void {
    const { identity, project, googleProvider } = this.submitter;
    const grants = new GoogleGrants(this.scope, identity, why, googleProvider);
    for (const repository of templateRepositories) {
      const { project: owner, location, repositoryId } = repository;
      if (!this.isFirst('read', owner, location, repositoryId)) continue;
      this.made.push(...grants.repositoryReader(repository));
    }
    this.made.push(
      ...allowPipelineRuns(this.scope, project, runAs, googleProvider),
      ...allowAgentToRead(this.scope, project, 'templates', templateRepositories, googleProvider),
    );
  }

  /** The account and its bucket exist before the first grant. */
  private grantsAfter(runAs: ITrainingIdentity, why: Justification): GoogleGrants {
    const { identity, googleProvider } = this.submitter;
    const waiting: IGooglePrincipal = {
      members: identity.members,
      dependenciesIn: (scope: IConstruct) => [
        ...identity.dependenciesIn(scope),
        ...runAs.dependenciesIn(scope),
      ],
    };
    return new GoogleGrants(this.scope, waiting, why, googleProvider);
  }

  private isFirst(...grant: readonly unknown[]): boolean {
    const key = identityOf(this.scope, grant);
    if (this.granted.has(key)) return false;
    this.granted.add(key);
    return true;
  }
}
