import { IamWorkloadIdentityPool } from '@cdktf/provider-google/lib/iam-workload-identity-pool';
import { IamWorkloadIdentityPoolProvider } from '@cdktf/provider-google/lib/iam-workload-identity-pool-provider';
import { Construct } from 'constructs';
import {
  addMetadataComment,
  descriptionOf,
  justificationOf,
  type Justification,
} from '../../core/justification';
import type { DeployerAccess } from '../../deploying/deployer-access';
import type { GoogleProviderOptions } from '../../google/options';
import { numberOf, type GoogleProject } from '../../google/project';
import { CustomRole } from '../google/custom-role';
import { GoogleServiceAccount } from '../google/google-service-account';
import { GoogleGrants } from '../google/grants';
import {
  googleCondition,
  googleMapping,
  googleMember,
  issuerOf,
  type PipelineAccess,
} from './pipeline-claims';
import type { PipelineGoogleOptions } from './pipeline-identity-props';
import type { PipelineRuns } from './pipeline-runs';
import type { PipelineSource } from './pipeline-source';
import type { IStateBackend } from './state-backend';

/** Props of a `PipelineGoogleAccess`. */
interface PipelineGoogleAccessProps extends Justification, GoogleProviderOptions {
  readonly access: PipelineAccess;
  readonly source: PipelineSource;
  readonly runs: PipelineRuns;
  readonly project: GoogleProject;
  readonly options: PipelineGoogleOptions;
  readonly needs: DeployerAccess;
  readonly stateBackend?: IStateBackend;
}

/**
 * Pool, provider and custom roles of the runs with one access. Each access has a pool, so that a provider added to the
 * pool of plans cannot apply.
 */
export class PipelineGoogleAccess extends Construct {
  /** Name of the provider, `projects/NUMBER/…/providers/ID`. Known at synth. */
  public readonly providerName: string;
  /** E-mail of the service account; `undefined` with direct principals. Known at synth. */
  public readonly serviceAccountEmail: string | undefined;

  constructor(scope: Construct, id: string, props: PipelineGoogleAccessProps) {
    super(scope, id);
    const { project, access, source, runs, googleProvider } = props;
    const poolId = `${props.options.poolPrefix}-${access}`;
    const poolName = `projects/${numberOf(project)}/locations/global/workloadIdentityPools/${poolId}`;
    this.providerName = `${poolName}/providers/${source.kind}`;
    const provider = this.addProvider(props, poolId);
    const runsOfPool = {
      members: [googleMember(source, runs, poolName)],
      dependenciesIn: () => [provider],
    };
    const grantsOfRuns = new GoogleGrants(this, runsOfPool, props, googleProvider);
    const account = props.options.directPrincipals === true ? undefined : this.addAccount(props, poolId);
    if (account) grantsOfRuns.serviceAccountRole(account, 'roles/iam.workloadIdentityUser');
    this.serviceAccountEmail = account?.email;
    const grants = account?.grants ?? grantsOfRuns;
    this.grantRoles(props, grants);
    if (props.stateBackend?.service !== 'gcs') return;
    const role = access === 'plan' ? 'roles/storage.objectViewer' : 'roles/storage.objectUser';
    const options = { reason: 'stores the state of the stacks' };
    grants.bucketRole({ name: props.stateBackend.bucketName }, role, options);
  }

  private addProvider(props: PipelineGoogleAccessProps, poolId: string): IamWorkloadIdentityPoolProvider {
    const { project, access, source, runs, googleProvider } = props;
    const common = { project: project.id, description: descriptionOf(props), provider: googleProvider };
    const pool = new IamWorkloadIdentityPool(this, 'pool', {
      ...common,
      workloadIdentityPoolId: poolId,
      displayName: poolId,
    });
    addMetadataComment(pool, { ...justificationOf(props) });
    const provider = new IamWorkloadIdentityPoolProvider(this, 'provider', {
      ...common,
      workloadIdentityPoolId: poolId,
      // An id has four characters at least, and each kind has.
      workloadIdentityPoolProviderId: source.kind,
      displayName: source.kind,
      // The default audience is the name of the provider.
      oidc: { issuerUri: issuerOf(source) },
      attributeMapping: googleMapping(source),
      attributeCondition: googleCondition(source, runs, access),
      dependsOn: [pool],
    });
    addMetadataComment(provider, { ...justificationOf(props) });
    return provider;
  }

  private addAccount(props: PipelineGoogleAccessProps, accountId: string): GoogleServiceAccount {
    const { project, googleProvider } = props;
    return new GoogleServiceAccount(this, 'account', {
      ...justificationOf(props),
      accountId,
      project,
      googleProvider,
    });
  }

  /** A custom role for each project of the stacks. A resource without a project belongs to the project of the props. */
  private grantRoles(props: PipelineGoogleAccessProps, grants: GoogleGrants): void {
    const { access, options, googleProvider, needs } = props;
    const permissions = new Map<string, Set<string>>();
    for (const { project, customRole } of needs.google) {
      const id = project === 'PROJECT' ? props.project.id : project;
      const all = permissions.get(id) ?? new Set();
      for (const each of customRole.includedPermissions) all.add(each);
      permissions.set(id, all);
    }
    for (const [id, all] of permissions) {
      if (all.size === 0) continue;
      const role = new CustomRole(this, `role-${id}`, {
        ...justificationOf(props),
        project: { id },
        roleId: `${options.poolPrefix}_${access}`.replaceAll('-', '_'),
        title: `Pipeline ${options.poolPrefix}, ${access}`,
        permissions: [...all].sort(),
        googleProvider,
      });
      grants.customRole(role);
    }
  }
}
