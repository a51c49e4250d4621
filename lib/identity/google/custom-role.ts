import { ProjectIamCustomRole } from '@cdktf/provider-google/lib/project-iam-custom-role';
import { Construct, type IConstruct } from 'constructs';
import {
  descriptionOf,
  justificationOf,
  justificationRules,
  addMetadataComment,
  type JustificationProps,
} from '../../core/justification';
import { stableHash } from '../../core/names';
import { dependenciesWithin, type AwaitedResource } from '../../core/ordering';
import { singleLine, list, constructLike, matching, optional, type Rule } from '../../core/rules';
import { validate } from '../../core/validation';
import { checkUniqueName } from '../../core/unique-names';
import { project as projectRule, type GoogleProject } from '../../google/project';
import { googleProviderRules, type GoogleProviderOptions } from '../../google/options';

/** Props of a `CustomRole`. */
export interface CustomRoleProps extends JustificationProps, GoogleProviderOptions {
  /**
   * Project in which the role can be granted.
   * @default - the project of `Defaults.of(scope)`; required if no scope has one
   */
  readonly project?: GoogleProject;
  /** The permissions, for example `aiplatform.endpoints.predict`: at least one, none twice, no wildcard. */
  readonly permissions: readonly string[];
  /**
   * Id of the role: 3 to 64 letters, digits, `_` and `.`. Another id replaces the role, and a deleted id stays taken for
   * up to 44 days. No default derives from the construct path, which a refactoring changes.
   */
  readonly roleId: string;
  /**
   * Title shown in the console: at most 100 bytes.
   * @default - the id of the role
   */
  readonly title?: string;
}

/** A custom role that can be granted: `binding.grants.customRole(role)`. */
export interface ICustomRole {
  /** Id within the project. */
  readonly roleId: string;
  /** Full name, `projects/PROJECT/roles/ID`. Known at synth. */
  readonly name: string;
  /** Id of the project it belongs to. */
  readonly project: string;
  /**
   * Resources that a grant of the role must wait for.
   * @param scope where the grant is made
   */
  dependenciesIn(scope: IConstruct): AwaitedResource[];
}

export const customRole: Rule = constructLike('a CustomRole', {
  roleId: 'string',
  name: 'string',
  project: 'string',
  dependenciesIn: 'function',
});

/** https://cloud.google.com/iam/docs/reference/rest/v1/projects.roles */
const permission = matching(
  /^[a-z][a-zA-Z0-9-]*(\.[a-zA-Z0-9-]+){2,}$/,
  'be a permission of the form SERVICE.RESOURCE.VERB, without a wildcard',
);

/** A role of a project with exactly the given permissions. Its description is the reason. */
export class CustomRole extends Construct implements ICustomRole {
  /** Id of the role in its project. Known at synth. */
  public readonly roleId: string;
  /** Resource name of the role: `projects/PROJECT/roles/ID`. Known at synth. */
  public readonly name: string;
  /** Id of the project of the role. */
  public readonly project: string;
  private readonly role: ProjectIamCustomRole;

  constructor(scope: Construct, id: string, given: CustomRoleProps) {
    super(scope, id);
    const props = validate(
      this,
      given,
      {
        ...justificationRules,
        project: projectRule,
        permissions: list(permission, { min: 1, max: 3000 }),
        roleId: matching(/^[a-zA-Z0-9_.]{3,64}$/, 'have 3 to 64 letters, digits, "_" and "."', (value) =>
          value.length >= 3 ? `Use "${roleIdFrom(value)}".` : undefined,
        ),
        title: optional(singleLine(100)),
        ...googleProviderRules,
      },
      ({ permissions, roleId, project }, report) => {
        const among = `custom roles of the project ${project.id}`;
        checkUniqueName(this, { property: 'roleId', name: roleId, among }, report);
        for (const [index, each] of permissions.entries()) {
          if (permissions.indexOf(each) === index) continue;
          const property = `permissions[${index}]`;
          report({ property, value: each, rule: 'be unique in the list', fix: 'Omit it.' });
        }
      },
    );
    this.roleId = props.roleId;
    this.project = props.project.id;
    this.name = `projects/${this.project}/roles/${this.roleId}`;
    this.node.defaultChild = this.role = new ProjectIamCustomRole(this, 'role', {
      project: this.project,
      roleId: this.roleId,
      title: props.title ?? this.roleId,
      description: descriptionOf(props),
      permissions: [...props.permissions].sort(),
      provider: props.googleProvider,
    });
    addMetadataComment(this.role, { ...justificationOf(props) });
  }

  /** Resources that a consumer in the stack of `scope` must wait for. */
  public dependenciesIn(scope: IConstruct): AwaitedResource[] {
    return dependenciesWithin(scope, [this.role]);
  }
}

/** Id of a role for a purpose, for example `rotate_db-password`: a text that does not fit ends in a hash. */
export function roleIdFrom(text: string): string {
  const plain = text.replace(/[^a-zA-Z0-9_.]+/g, '_');
  return plain === text && plain.length <= 64 ? plain : `${plain.slice(0, 55)}_${stableHash(text)}`;
}
