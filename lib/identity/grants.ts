import { ArtifactRegistryRepositoryIamMember } from '@cdktf/provider-google/lib/artifact-registry-repository-iam-member';
import { ProjectIamMember } from '@cdktf/provider-google/lib/project-iam-member';
import { SecretManagerSecretIamMember } from '@cdktf/provider-google/lib/secret-manager-secret-iam-member';
import { ServiceAccountIamMember } from '@cdktf/provider-google/lib/service-account-iam-member';
import { StorageBucketIamMember } from '@cdktf/provider-google/lib/storage-bucket-iam-member';
import { TerraformStack, Token, type TerraformProvider, type TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { ValidationError, type Problem } from '../core/errors';
import {
  acknowledgement,
  comment,
  justificationOf,
  justificationRules,
  type Justification,
} from '../core/justification';
import { stableHash } from '../core/names';
import type { AwaitedResource } from '../core/ordering';
import { optional, shape, string, type Rule } from '../core/rules';
import type { ICustomRole } from './custom-role';
import type { IGoogleServiceAccount } from './google-service-account';
import { condition, type IamCondition } from './iam-condition';
import { role as roleName } from './names';
import type { IGooglePrincipal } from './principal';
import { project as projectRule, type GoogleProject } from './project';
import type { BucketReference, RepositoryReference, SecretReference } from './references';
import { tooWideForProject } from './project-wide-roles';

/** What may be said about any grant. */
export interface GrantOptions {
  /**
   * What the access is for.
   * @default - the reason of the identity
   */
  readonly reason?: string;
  /**
   * Team or person that answers for it.
   * @default - the owner of the identity
   */
  readonly owner?: string;
  /**
   * Ticket in which it was asked for.
   * @default - the ticket of the identity
   */
  readonly ticket?: string;
  /**
   * When the role counts.
   * @default - always
   */
  readonly condition?: IamCondition;
  /**
   * Construct id, part of the Terraform address.
   * @default - made of the role and the name of what it is granted on
   */
  readonly id?: string;
}

/** What a grant may set aside, each with the reason why. */
export interface ProjectGrantAcknowledgements {
  /**
   * Why a role that reaches everything of its kind in the project is granted on the whole project.
   * @default - such a role is refused
   */
  readonly projectWide?: string;
}

/** A grant on a whole project. */
export interface ProjectGrantOptions extends GrantOptions {
  /**
   * What is known and accepted.
   * @default - nothing
   */
  readonly acknowledge?: ProjectGrantAcknowledgements;
}

interface Member {
  readonly role: string;
  readonly member: string;
  readonly condition?: IamCondition;
  readonly dependsOn?: AwaitedResource[];
  readonly provider?: TerraformProvider;
}

interface Target {
  /** Stands in the construct id. */
  readonly key: string | undefined;
  readonly waitsFor?: readonly AwaitedResource[];
  readonly problems: readonly Problem[];
}

const optionRules = {
  reason: optional(justificationRules.reason),
  owner: justificationRules.owner,
  ticket: justificationRules.ticket,
  condition: optional(condition),
  id: optional(string()),
};
const projectWide = shape<ProjectGrantAcknowledgements>({ projectWide: acknowledgement });

/**
 * Roles of one principal: `binding.grants.secretAccessor(secret, { reason })`. Each method adds one IAM member
 * (never a whole binding or policy, which would take the role from others), writes the reason beside it, and
 * returns what it made, so that it can be waited for.
 */
export class GoogleGrants {
  private readonly made: TerraformResource[] = [];

  /**
   * @param scope under which the members are made
   * @param principal who is given the roles
   * @param justification what the members say where a grant gives no reason of its own
   * @param provider Google provider of the members; the default one of the stack if left out
   */
  constructor(
    private readonly scope: Construct,
    private readonly principal: IGooglePrincipal,
    private readonly justification: Justification,
    private readonly provider?: TerraformProvider,
  ) {}

  /**
   * A role on a whole project. Roles that reach every resource of a kind (every secret, every bucket, every
   * account) are refused unless acknowledged: grant those on the resource.
   */
  projectRole(project: GoogleProject, role: string, options: ProjectGrantOptions = {}): TerraformResource[] {
    const { acknowledge, ...rest } = options;
    const problems = this.judge(projectRule, project, 'project');
    problems.push(...this.judge(optional(projectWide), acknowledge, 'acknowledge'));
    const narrower = acknowledge?.projectWide === undefined ? tooWideForProject(role) : undefined;
    if (narrower !== undefined) problems.push({ property: 'role', value: role, ...narrower });
    return this.give(
      'project',
      { key: project?.id, problems },
      role,
      rest,
      (scope, id, member) => new ProjectIamMember(scope, id, { ...member, project: project.id }),
      acknowledge?.projectWide === undefined
        ? {}
        : { acknowledged: { projectWide: acknowledge.projectWide } },
    );
  }

  /** A role of your own, on the project it belongs to. */
  customRole(role: ICustomRole, options: GrantOptions = {}): TerraformResource[] {
    return this.give(
      'custom-role',
      { key: role.roleId, waitsFor: role.dependenciesIn(this.scope), problems: [] },
      role.name,
      options,
      (scope, id, member) => new ProjectIamMember(scope, id, { ...member, project: role.project }),
    );
  }

  /** Reads the versions of one secret: `roles/secretmanager.secretAccessor`. */
  secretAccessor(secret: SecretReference, options: GrantOptions = {}): TerraformResource[] {
    return this.secretRole(secret, 'roles/secretmanager.secretAccessor', options);
  }

  /** A role on one secret. */
  secretRole(secret: SecretReference, role: string, options: GrantOptions = {}): TerraformResource[] {
    return this.give(
      'secret',
      this.target('secret', secret, 'secretId', '{ secretId, project }'),
      role,
      options,
      (scope, id, member) =>
        new SecretManagerSecretIamMember(scope, id, {
          ...member,
          project: secret.project,
          secretId: secret.secretId,
        }),
    );
  }

  /** Reads the objects of one bucket: `roles/storage.objectViewer`. */
  bucketReader(bucket: BucketReference, options: GrantOptions = {}): TerraformResource[] {
    return this.bucketRole(bucket, 'roles/storage.objectViewer', options);
  }

  /** Reads, writes and deletes the objects of one bucket: `roles/storage.objectUser`. */
  bucketUser(bucket: BucketReference, options: GrantOptions = {}): TerraformResource[] {
    return this.bucketRole(bucket, 'roles/storage.objectUser', options);
  }

  /** A role on one bucket. A direct principal needs uniform bucket-level access there. */
  bucketRole(bucket: BucketReference, role: string, options: GrantOptions = {}): TerraformResource[] {
    return this.give(
      'bucket',
      this.target('bucket', bucket, 'name', '{ name }'),
      role,
      options,
      (scope, id, member) => new StorageBucketIamMember(scope, id, { ...member, bucket: bucket.name }),
    );
  }

  /** Pulls images and packages of one repository: `roles/artifactregistry.reader`. */
  repositoryReader(repository: RepositoryReference, options: GrantOptions = {}): TerraformResource[] {
    return this.repositoryRole(repository, 'roles/artifactregistry.reader', options);
  }

  /** A role on one repository of Artifact Registry. */
  repositoryRole(
    repository: RepositoryReference,
    role: string,
    options: GrantOptions = {},
  ): TerraformResource[] {
    return this.give(
      'repository',
      this.target('repository', repository, 'repositoryId', '{ repositoryId, location, project }'),
      role,
      options,
      (scope, id, member) =>
        new ArtifactRegistryRepositoryIamMember(scope, id, {
          ...member,
          project: repository.project,
          location: repository.location,
          repository: repository.repositoryId,
        }),
    );
  }

  /** A role on one Google service account, for example `roles/iam.serviceAccountUser`, to run things as it. */
  serviceAccountRole(
    account: IGoogleServiceAccount,
    role: string,
    options: GrantOptions = {},
  ): TerraformResource[] {
    return this.give(
      'service-account',
      { key: account.email, waitsFor: account.dependenciesIn(this.scope), problems: [] },
      role,
      options,
      (scope, id, member) =>
        new ServiceAccountIamMember(scope, id, { ...member, serviceAccountId: account.resourceName }),
    );
  }

  /** Every member made so far. */
  public get resources(): readonly TerraformResource[] {
    return this.made;
  }

  private give(
    kind: string,
    target: Target,
    role: string,
    options: GrantOptions,
    make: (scope: Construct, id: string, member: Member) => TerraformResource,
    facts: Readonly<Record<string, unknown>> = {},
  ): TerraformResource[] {
    const id = options.id ?? `${String(role).replace(/^.*\//, '')}-on-${kind}-${target.key}`;
    const problems = [
      ...target.problems,
      ...this.judge(roleName, role, 'role'),
      ...this.judge(shape<GrantOptions>(optionRules), options, 'options'),
    ];
    if (problems.length === 0 && this.scope.node.tryFindChild(id)) {
      problems.push({
        property: 'role',
        value: role,
        rule: `this identity already has it on this ${kind}`,
        fix: 'Grant it once, or give the second grant an id of its own.',
      });
    }
    if (problems.length > 0) throw new ValidationError(`${this.scope.node.path}/grants`, problems);

    const why = justificationOf({
      reason: options.reason ?? this.justification.reason,
      owner: options.owner ?? this.justification.owner,
      ticket: options.ticket ?? this.justification.ticket,
    });
    const dependsOn = [...this.principal.dependenciesIn(this.scope), ...(target.waitsFor ?? [])];
    return this.principal.members.map((member, index) => {
      const resource = make(this.scope, index === 0 ? id : `${id}-${stableHash(member)}`, {
        role,
        member,
        condition: options.condition,
        dependsOn: dependsOn.length > 0 ? dependsOn : undefined,
        provider: this.provider,
      });
      comment(resource, { ...why, ...facts });
      this.made.push(resource);
      return resource;
    });
  }

  /** A resource of the same stack, or plain strings; a reference to another stack would read its remote state. */
  private target<T extends object>(
    property: string,
    given: T,
    name: keyof T & string,
    plain: string,
  ): Target {
    const construct = Construct.isConstruct(given) ? given : undefined;
    if (construct && TerraformStack.of(construct) !== TerraformStack.of(this.scope)) {
      const rule = 'it belongs to another stack, whose remote state a reference would read';
      const fix = `Pass its name as plain strings: ${plain}.`;
      return { key: undefined, problems: [{ property, value: construct.node.path, rule, fix }] };
    }
    const value = given?.[name];
    const key = construct?.node.id ?? (Token.isUnresolved(value) ? undefined : String(value));
    const problems = this.judge(string(), value, `${property}.${name}`);
    return { key, problems };
  }

  private judge(rule: Rule, value: unknown, property: string): Problem[] {
    const problems: Problem[] = [];
    rule(value, property, (problem) => problems.push(problem));
    return problems;
  }
}
