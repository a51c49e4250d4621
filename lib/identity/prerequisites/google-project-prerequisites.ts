import { ComputeSubnetworkIamMember } from '@cdktf/provider-google/lib/compute-subnetwork-iam-member';
import { KmsCryptoKeyIamMember } from '@cdktf/provider-google/lib/kms-crypto-key-iam-member';
import { ProjectIamMember } from '@cdktf/provider-google/lib/project-iam-member';
import { ProjectService } from '@cdktf/provider-google/lib/project-service';
import { Annotations, TerraformStack, type TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { ValidationError } from '../../core/errors';
import type { WithInherited } from '../../core/inherited';
import { addMetadataComment } from '../../core/justification';
import { identityOf, stableHash } from '../../core/names';
import type { AwaitedResource } from '../../core/ordering';
import { CREATE_BEFORE_DESTROY } from '../../core/replacement';
import { validate } from '../../core/validation';
import type { ServiceAgentKey } from '../../deploying/google-access';
import type { GoogleProjectPrerequisitesProps } from './google-project-prerequisites-props';
import { checkPrerequisites, prerequisiteRules } from './google-project-prerequisites-rules';
import { prerequisitesOf, type HostSubnetwork, type ProjectNeeds } from './project-needs';
import { addServiceAgent, agentMember, needsIdentity, shortService } from './project-service-agents';

type Props = WithInherited<GoogleProjectPrerequisitesProps>;

/**
 * Prepares a project for the first apply of its stacks: it enables APIs, creates service agents, and gives the agents
 * their roles on the project, on keys of Cloud KMS and on subnetworks of a Shared VPC. Create it in a separate stack,
 * after the constructs of the stacks that it derives from.
 */
export class GoogleProjectPrerequisites extends Construct {
  /** APIs that the construct enables. Sorted. */
  public readonly apis: readonly string[];
  /** APIs whose service agent must exist. Sorted. */
  public readonly serviceAgents: readonly string[];
  /**
   * APIs whose service agent you create before the first apply, with `gcloud beta services identity create`. Empty if
   * `googleBetaProvider` is set. Sorted.
   */
  public readonly agentsToCreate: readonly string[];
  private readonly props: Props;
  private readonly enabled: ReadonlyMap<string, AwaitedResource>;
  private readonly agents: ReadonlyMap<string, readonly AwaitedResource[]>;

  constructor(scope: Construct, id: string, given: GoogleProjectPrerequisitesProps) {
    super(scope, id);
    const props = validate(this, given, prerequisiteRules, (values, report) =>
      checkPrerequisites(this, values, report),
    );
    const needs = prerequisitesOf(props);
    this.props = props;
    this.apis = needs.apis;
    this.serviceAgents = needs.serviceAgents;
    this.agentsToCreate =
      props.googleBetaProvider === undefined ? needs.serviceAgents.filter(needsIdentity) : [];
    this.enabled = new Map(needs.apis.map((api) => [api, this.enable(api)]));
    this.agents = new Map(needs.serviceAgents.map((service) => [service, this.createAgent(service)]));
    for (const key of needs.kmsKeys) this.allowKey(key);
    this.allowSubnetworks(needs.subnetworks);
    this.orderStacks(needs);
    this.nameAgentsToCreate();
  }

  private enable(service: string): ProjectService {
    return new ProjectService(this, shortService(service), {
      project: this.props.project.id,
      service,
      // Other stacks and people can use the API too.
      disableOnDestroy: false,
      provider: this.props.googleProvider,
    });
  }

  private createAgent(service: string): AwaitedResource[] {
    const api = this.enabled.get(service);
    return api === undefined ? [] : addServiceAgent(this, service, api, this.props);
  }

  /** https://cloud.google.com/kms/docs/compatible-services */
  private allowKey({ keyName, service }: ServiceAgentKey): void {
    const id = `key-${shortService(service)}-${stableHash(identityOf(this, [keyName]))}`;
    const member = new KmsCryptoKeyIamMember(this, id, {
      cryptoKeyId: keyName,
      role: 'roles/cloudkms.cryptoKeyEncrypterDecrypter',
      member: agentMember(service, this.props.project),
      dependsOn: [...(this.agents.get(service) ?? [])],
      lifecycle: CREATE_BEFORE_DESTROY,
      provider: this.props.googleProvider,
    });
    addMetadataComment(member, { reason: `${service} encrypts with the key` });
  }

  /** https://cloud.google.com/kubernetes-engine/docs/how-to/cluster-shared-vpc#enabling_and_granting_roles */
  private allowSubnetworks(subnetworks: readonly HostSubnetwork[]): void {
    if (subnetworks.length === 0) return;
    const { project, googleProvider } = this.props;
    const gke = 'container.googleapis.com';
    const exists = [...(this.agents.get(gke) ?? [])];
    const users = [
      { name: 'gke', member: agentMember(gke, project) },
      // Compute Engine creates the nodes as the agent of Google APIs.
      { name: 'google-apis', member: `serviceAccount:${project.number}@cloudservices.gserviceaccount.com` },
    ];
    const common = { dependsOn: exists, lifecycle: CREATE_BEFORE_DESTROY, provider: googleProvider };
    const hash = (...values: readonly string[]) => stableHash(identityOf(this, values));
    const members: TerraformResource[] = subnetworks.flatMap(({ hostProject, region, name }) =>
      users.map(
        (user) =>
          new ComputeSubnetworkIamMember(this, `subnetwork-${hash(hostProject, region, name)}-${user.name}`, {
            project: hostProject,
            region,
            subnetwork: name,
            role: 'roles/compute.networkUser',
            member: user.member,
            ...common,
          }),
      ),
    );
    for (const hostProject of new Set(subnetworks.map((each) => each.hostProject))) {
      members.push(
        new ProjectIamMember(this, `host-${hash(hostProject)}`, {
          project: hostProject,
          role: 'roles/container.hostServiceAgentUser',
          member: agentMember(gke, project),
          ...common,
        }),
      );
    }
    for (const member of members) {
      addMetadataComment(member, { reason: `clusters of ${project.id} use the Shared VPC` });
    }
  }

  private orderStacks(needs: ProjectNeeds): void {
    const { stacks = [] } = this.props;
    for (const stack of stacks) stack.addDependency(TerraformStack.of(this));
    this.node.addValidation({ validate: () => this.laterNeeds(needs) });
  }

  /** Needs of resources that were added to the stacks after this construct. */
  private laterNeeds(needs: ProjectNeeds): string[] {
    const now = prerequisitesOf(this.props);
    const names = (all: ProjectNeeds) => [
      ...all.apis,
      ...all.serviceAgents.map((service) => `the agent of ${service}`),
      ...all.kmsKeys.map(({ keyName }) => keyName),
      ...all.subnetworks.map(({ hostProject, name }) => `${hostProject}/${name}`),
    ];
    const known = new Set(names(needs));
    const later = names(now).filter((name) => !known.has(name));
    if (later.length === 0) return [];
    const problem = {
      property: 'stacks',
      value: later,
      rule: 'have all their resources when the prerequisites are created',
      fix: 'Create this construct after them.',
    };
    return [new ValidationError(this.node.path, [problem]).message];
  }

  private nameAgentsToCreate(): void {
    if (this.agentsToCreate.length === 0) return;
    const commands = this.agentsToCreate.map(
      (service) =>
        `gcloud beta services identity create --service=${service} --project=${this.props.project.id}`,
    );
    Annotations.of(this).addWarning(
      `Create these service agents before the first apply, or set googleBetaProvider:\n${commands.join('\n')}`,
    );
  }
}
