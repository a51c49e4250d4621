import type { TerraformProvider, TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { addMetadataComment, justificationOf, type Justification } from '../core/justification';
import { stableHash } from '../core/names';
import { knownAtSynth, rule, type Rule } from '../core/rules';
import { problemsOf, refuse } from '../core/validation';
import { awsRoleName } from './account';
import { policyDocument, policyFacts, type AwsPolicyStatement } from './policy-statement';
import { InlinePolicy } from './inline-policy';

/** An AWS role of this library that accepts further permissions, for example a `GkeToAwsRole`. */
export interface IAwsRole {
  /**
   * Adds a statement to the permissions of the role.
   * @returns the policy, so that other resources can depend on it
   */
  addStatement(statement: AwsPolicyStatement): TerraformResource;
}

/** An AWS role by its name: an `IamRole` of any stack of the app, or `{ name }` of a role of another tool. */
export interface AwsRoleReference {
  /** Name of the role, without a path. */
  readonly name: string;
}

/** An AWS role that receives permissions. */
export type AwsRole = IAwsRole | AwsRoleReference;

/** Permissions that one resource gives to roles. */
export interface RoleGrant {
  /** Scope of the policy, unless the role is a construct. */
  readonly scope: Construct;
  /** Name of the grant, for example `start-nightly`. It is part of the policy name and of the construct id. */
  readonly name: string;
  /** Text that identifies the resource, for example its ARN. Known at synth. */
  readonly identity: string;
  readonly statements: readonly AwsPolicyStatement[];
  readonly justification: Justification;
  /** AWS provider of the policy, unless the role is a construct. */
  readonly awsProvider?: TerraformProvider;
}

const hasAddStatement = (value: unknown): value is IAwsRole =>
  typeof (value as Partial<IAwsRole>).addStatement === 'function';

// Many resources of Terraform have a name; only a role takes an inline policy.
const isReference = (value: object) =>
  Construct.isConstruct(value)
    ? (value as { terraformResourceType?: unknown }).terraformResourceType === 'aws_iam_role'
    : problemsOf(awsRoleName, (value as Partial<AwsRoleReference>).name, 'name').length === 0;

/** An AWS role that receives permissions. */
export const awsRole: Rule = knownAtSynth(
  rule(
    'be an AWS role: a GkeToAwsRole, an IamRole, or { name } of a role',
    (value) => typeof value === 'object' && value !== null && (hasAddStatement(value) || isReference(value)),
  ),
);

/**
 * Gives permissions to a role: as statements of a role of this library, else as an inline policy. The policy of an
 * `IamRole` is a child of the role, so it belongs to the stack of the role and refers to no other stack.
 */
export function grantToRole(role: AwsRole, grant: RoleGrant): TerraformResource[] {
  const { statements, justification } = grant;
  if (hasAddStatement(role)) return [...new Set(statements.map((each) => role.addStatement(each)))];
  const isConstruct = Construct.isConstruct(role);
  const scope = isConstruct ? role : grant.scope;
  const id = `${grant.name}-${stableHash(isConstruct ? grant.identity : `${grant.identity} ${role.name}`)}`;
  if (scope.node.tryFindChild(id)) {
    const rule = `be granted "${grant.name}" once`;
    refuse(grant.scope, { property: 'role', value: nameOf(role), rule, fix: 'Remove the second grant.' });
  }
  const policy = new InlinePolicy(scope, id, {
    // Inline policies of one role replace each other by name.
    name: `${grant.name}-${stableHash(grant.identity)}`,
    role: role.name,
    policy: policyDocument(statements),
    provider: isConstruct ? (role as { provider?: TerraformProvider }).provider : grant.awsProvider,
  });
  const facts = statements.flatMap(policyFacts);
  addMetadataComment(policy, {
    ...justificationOf(justification),
    ...(facts.length > 0 && { statements: facts }),
  });
  return [policy];
}

function nameOf(role: AwsRoleReference): string {
  return Construct.isConstruct(role) ? role.node.path : role.name;
}
