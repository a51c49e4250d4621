import { ArtifactRegistryRepositoryIamMember } from '@cdktf/provider-google/lib/artifact-registry-repository-iam-member';
import { ProjectIamMember } from '@cdktf/provider-google/lib/project-iam-member';
import { SecretManagerSecretIamMember } from '@cdktf/provider-google/lib/secret-manager-secret-iam-member';
import { ServiceAccountIamMember } from '@cdktf/provider-google/lib/service-account-iam-member';
import { StorageBucketIamMember } from '@cdktf/provider-google/lib/storage-bucket-iam-member';
import { TerraformStack, Token, type TerraformProvider, type TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { ValidationError, type ValidationProblem } from '../../core/errors';
import { addMetadataComment, justificationOf, type Justification } from '../../core/justification';
import { identityOf, stableHash } from '../../core/names';
import { CREATE_BEFORE_DESTROY } from '../../core/replacement';
import { undefinedIfEmpty, type AwaitedResource } from '../../core/ordering';
import type { Rule } from '../../core/rules';
import { problemsOf } from '../../core/validation';
import { customRole as customRoleRule, type ICustomRole } from './custom-role';
import type { IGoogleServiceAccount } from './google-service-account';
import {
  projectGrantOptions,
  grantOptions,
  type GrantOptions,
  type ProjectGrantOptions,
} from './grant-options';
import type { IamCondition } from './iam-condition';
import { MemberGrants } from './member-grants';
import { role as roleName } from '../../google/names';
import {
  principal as principalRule,
  serviceAccount as serviceAccountRule,
  type IGooglePrincipal,
} from './principal';
import { project as projectRule, type GoogleProject } from '../../google/project';
import {
  BUCKET,
  REPOSITORY,
  SECRET,
  type BucketReference,
  type ReferenceKind,
  type RepositoryReference,
  type SecretReference,
} from './references';
import { tooWideForProject } from './project-wide-roles';

interface Member {
  readonly role: string;
  readonly member: string;
  readonly condition?: IamCondition;
  readonly dependsOn?: AwaitedResource[];
  readonly provider?: TerraformProvider;
  readonly lifecycle: typeof CREATE_BEFORE_DESTROY;
}

interface Target {
  /** Part of the construct id, with a hash of the identity of the target. */
  readonly name: string | undefined;
  readonly identity: readonly unknown[];
  readonly waitsFor?: { dependenciesIn(scope: Construct): AwaitedResource[] };
  readonly problems: readonly ValidationProblem[];
  /** Rule of the options, if the grant has more than the common ones. */
  readonly options?: Rule;
  /** Facts for the comment of the member, in addition to the reason. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

/**
 * Roles of one principal: `binding.grants.secretAccessor(secret, { reason })`. Each method adds one IAM member
 * (never a whole binding or policy, which would take the role from others), writes the reason beside it, and
 * returns what it made, so that it can be waited for.
 */
export class GoogleGrants {
  private readonly made: TerraformResource[] = [];

  /**
   * @param scope under which the members are made
   * @param principal principal of the roles
   * @param justification reason, owner and ticket of grants that have none
   * @param provider Google provider of the members; the default provider of the stack if omitted
   */
  constructor(
    private readonly scope: Construct,
    private readonly principal: IGooglePrincipal,
    private readonly justification: Justification,
    private readonly provider?: TerraformProvider,
  ) {}

  /**
   * A role on a whole project. Roles that reach every resource of a kind (every secret, every bucket, every
   * account) are rejected unless acknowledged: grant those on the resource.
   */
  projectRole(project: GoogleProject, role: string, options: ProjectGrantOptions = {}): TerraformResource[] {
    const projectWide = options?.acknowledge?.projectWide;
    const narrower = projectWide === undefined ? tooWideForProject(role) : undefined;
    const problems = [
      ...problemsOf(projectRule, project, 'project'),
      ...(narrower === undefined ? [] : [{ property: 'role', value: role, ...narrower }]),
    ];
    return this.give(
      'project',
      {
        name: project?.id,
        identity: [project?.id],
        problems,
        options: projectGrantOptions,
        facts: projectWide === undefined ? {} : { acknowledged: { projectWide } },
      },
      role,
      options,
      (scope, id, member) => new ProjectIamMember(scope, id, { ...member, project: project.id }),
    );
  }

  /** A custom role, on its project. */
  customRole(role: ICustomRole, options: GrantOptions = {}): TerraformResource[] {
    const problems = problemsOf(customRoleRule, role, 'role');
    return this.give(
      'custom-role',
      { name: role?.roleId, identity: [role?.name], waitsFor: role, problems },
      role?.name,
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
      this.target(SECRET, secret),
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
      this.target(BUCKET, bucket),
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
      this.target(REPOSITORY, repository),
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
    const problems = problemsOf(serviceAccountRule, account, 'account');
    return this.give(
      'service-account',
      { name: account?.email, identity: [account?.resourceName], waitsFor: account, problems },
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
  ): TerraformResource[] {
    const problems = [
      ...problemsOf(principalRule, this.principal, 'principal'),
      ...target.problems,
      ...problemsOf(roleName, role, 'role'),
      ...problemsOf(target.options ?? grantOptions, options, 'options'),
    ];
    this.refuse(problems);
    const id = options.id ?? this.idOf(kind, target, role);
    if (this.scope.node.tryFindChild(id)) {
      const rule = `be granted once to this identity on this ${kind}`;
      const fix = 'Grant it once, or set another id for the second grant.';
      this.refuse([{ property: 'role', value: role, rule, fix }]);
    }

    const why = justificationOf({
      reason: options.reason ?? this.justification.reason,
      owner: options.owner ?? this.justification.owner,
      ticket: options.ticket ?? this.justification.ticket,
      reviewBy: options.reviewBy ?? this.justification.reviewBy,
    });
    const dependsOn = [
      ...new Set([
        ...this.principal.dependenciesIn(this.scope),
        ...(target.waitsFor?.dependenciesIn(this.scope) ?? []),
      ]),
    ];
    return this.principal.members.map((member, index) => {
      const resource = make(this.scope, index === 0 ? id : `${id}-${stableHash(member)}`, {
        role,
        member,
        condition: options.condition,
        dependsOn: undefinedIfEmpty(dependsOn),
        lifecycle: CREATE_BEFORE_DESTROY,
        provider: this.provider,
      });
      addMetadataComment(resource, { ...why, ...target.facts });
      this.made.push(resource);
      MemberGrants.of(this.scope).add(member, resource);
      return resource;
    });
  }

  /** Readable, and the same in every run: tokens are resolved, because their numbers differ between runs. */
  private idOf(kind: string, { name = '', identity }: Target, role: string): string {
    const text = identityOf(this.scope, [role, ...identity]);
    const readable = (part: string) => (Token.isUnresolved(part) ? 'token' : part);
    const shortRole = readable(role).replace(/^.*\//, '');
    return `${shortRole}-on-${kind}-${readable(name)}-${stableHash(text)}`;
  }

  /** A resource of the same stack, or plain strings; a reference to another stack would read its remote state. */
  private target({ kind, properties, rule }: ReferenceKind, given: object): Target {
    const construct = Construct.isConstruct(given) ? given : undefined;
    if (construct && TerraformStack.of(construct) !== TerraformStack.of(this.scope)) {
      const rule = 'belong to this stack, because a reference to another stack reads its remote state';
      const fix = `Pass plain strings: { ${properties.join(', ')} }.`;
      const problem = { property: kind, value: construct.node.path, rule, fix };
      return { name: undefined, identity: [], problems: [problem] };
    }
    const problems = problemsOf(rule, given, kind);
    if (problems.length > 0) return { name: undefined, identity: [], problems };
    const identity = properties.map((name) => (given as Record<string, unknown>)[name] ?? '');
    return { name: construct?.node.id ?? String(identity[0]), identity, problems };
  }

  private refuse(problems: readonly ValidationProblem[]): void {
    if (problems.length > 0) throw new ValidationError(`${this.scope.node.path}/grants`, problems);
  }
}
