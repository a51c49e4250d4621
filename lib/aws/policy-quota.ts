import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import {
  DefaultTokenResolver,
  StringConcat,
  Tokenization,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  TerraformStack,
} from 'cdktf';
import { ValidationError } from '../core/errors';

/**
 * Characters of all inline policies of a role. IAM does not count white space.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const MOST_CHARACTERS = 10_240;

interface SizedPolicy {
  readonly policy: IamRolePolicy;
  readonly size: number;
}

/**
 * Problems of the roles of a stack whose inline policies exceed the quota of IAM, as messages of a validation at synth.
 * Grants of several constructs add up, and so do policies that the user attached without the library.
 */
export function policyQuotaProblems(stack: TerraformStack): string[] {
  const all = stack.node.findAll();
  const roles = new Map(
    all.filter(isRole).map((role) => [`${role.terraformResourceType}.${role.friendlyUniqueId}`, role]),
  );
  const policiesByRole = new Map<string, SizedPolicy[]>();
  for (const policy of all.filter(isPolicy)) {
    const role = roleOf(policy, stack, roles);
    const size = textOf(policy.policyInput, stack, new KnownText(new StringConcat())).replace(
      /\s/g,
      '',
    ).length;
    policiesByRole.set(role, [...(policiesByRole.get(role) ?? []), { policy, size }]);
  }
  return [...policiesByRole].flatMap(([role, policies]) => problemsOfRole(role, policies));
}

const isRole = (each: unknown): each is IamRole => each instanceof IamRole;
const isPolicy = (each: unknown): each is IamRolePolicy => each instanceof IamRolePolicy;

/** Name of the role; its construct path if Terraform assigns the name. */
function roleOf(
  { roleInput, provider }: IamRolePolicy,
  stack: TerraformStack,
  roles: ReadonlyMap<string, IamRole>,
): string {
  const text = textOf(roleInput, stack);
  const [, address = ''] = /^\$\{(aws_iam_role\.[\w-]+)\.(?:id|name)\}$/.exec(text) ?? [];
  const role = roles.get(address);
  const name = role === undefined ? text : textOf(role.nameInput, stack) || role.node.path;
  // A name alone identifies a role only within one account.
  return provider === undefined ? name : `${name} of ${provider.fqn}`;
}

function problemsOfRole(role: string, policies: readonly SizedPolicy[]): string[] {
  const sum = policies.reduce((total, { size }) => total + size, 0);
  if (sum <= MOST_CHARACTERS) return [];
  const [largest = policies[0]] = [...policies].sort((one, other) => other.size - one.size);
  const others = policies.filter((each) => each !== largest).map(({ policy }) => policy.node.path);
  const problem = {
    property: 'statements',
    value: `${sum} characters`,
    rule: `have at most ${MOST_CHARACTERS} characters in all inline policies of the role ${role}`,
    fix: [
      ...(others.length > 0 ? [`Other policies of the role: ${others.join(', ')}.`] : []),
      'Name fewer resources, or divide the work between two roles.',
    ].join(' '),
  };
  return [new ValidationError(ownerOf(largest?.policy), [problem]).message];
}

/** Path of the construct that created the policy. */
function ownerOf(policy: IamRolePolicy | undefined): string {
  const scope = policy?.node.scope;
  return (scope === undefined || TerraformStack.isStack(scope) ? policy : scope)?.node.path ?? '';
}

/** Text as Terraform receives it. */
function textOf(
  text: string | undefined,
  scope: TerraformStack,
  resolver = new DefaultTokenResolver(new StringConcat()),
): string {
  return String(Tokenization.resolve(text, { scope, resolver, preparing: false }) ?? '');
}

/** Omits values that Terraform computes, because their length is unknown. */
class KnownText extends DefaultTokenResolver {
  public override resolveToken(
    token: IResolvable,
    context: IResolveContext,
    postProcessor: IPostProcessor,
  ): unknown {
    const value: unknown = super.resolveToken(token, context, postProcessor);
    return typeof value === 'string' && value.startsWith('${') ? '' : value;
  }
}
