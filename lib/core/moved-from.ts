import { Aspects, TerraformResource, TerraformStack } from 'cdktf';
import type { Construct, IConstruct, Node } from 'constructs';
import type { ValidationProblem } from './errors';
import { refuse } from './validation';

// A registered symbol is the same in two copies of the package.
const OLD_PATH = Symbol.for('cdktf-multicloud.moved-from');

interface Moved {
  [OLD_PATH]?: readonly string[];
}

/**
 * Keeps the resources of a construct that has another id or another scope than at the last apply. The stack gets a
 * `moved` block for each resource below the construct, also for resources that are added later. The plan then has no
 * changes. Remove the call when each environment has been applied.
 *
 * @param construct the construct with its new id and scope
 * @param oldPath path at the last apply, from the stack on, for example `prod/old-name`: `construct.node.path` in the
 * old program. The stack must be the same, because Terraform moves resources within one state only.
 * @throws ValidationError if the path is not valid, or belongs to another construct of the app
 */
export function movedFrom(construct: Construct, oldPath: string): void {
  const names = typeof oldPath === 'string' ? oldPath.split('/') : [];
  const problem = problemOf(construct, oldPath, names);
  if (problem) refuse(construct, problem);
  const old = names.slice(1);
  // The property is not enumerable, so that a construct prints and compares as before.
  Object.defineProperty(construct, OLD_PATH, { value: old });
  Aspects.of(construct).add({
    visit: (node) => {
      if (TerraformResource.isTerraformResource(node) && nearestMoved(node) === construct) {
        moveResource(node, construct, old);
      }
    },
  });
  construct.node.addValidation({
    validate: () => {
      const stack: IConstruct = TerraformStack.of(construct);
      const occupant = old.reduce<IConstruct | undefined>((at, id) => at?.node.tryFindChild(id), stack);
      if (occupant === undefined) return [];
      return [
        `${construct.node.path}: oldPath must not be the path of a construct of the app (got "${oldPath}"). Remove the call of movedFrom, or change the id of that construct.`,
      ];
    },
  });
}

function problemOf(
  construct: Construct,
  oldPath: unknown,
  names: readonly string[],
): ValidationProblem | undefined {
  const property = 'oldPath';
  if (typeof oldPath !== 'string' || names.length < 2 || names.includes('')) {
    return {
      property,
      value: oldPath,
      rule: 'be the path of a construct from the stack on, for example "prod/old-name"',
    };
  }
  if (TerraformStack.isStack(construct)) {
    return {
      property: 'construct',
      value: construct.node.path,
      rule: 'be a construct below a stack',
      fix: 'A stack with another id keeps its resources if its backend keeps the old state.',
    };
  }
  if (oldPath === construct.node.path) {
    return { property, value: oldPath, rule: 'differ from the path of the construct' };
  }
  const first = (construct as Moved)[OLD_PATH];
  const stack = TerraformStack.of(construct).node.path;
  if (first !== undefined) {
    return {
      property,
      value: oldPath,
      rule: 'be given once',
      fix: `The first call has "${[stack, ...first].join('/')}".`,
    };
  }
  if (oldPath.startsWith(`${stack}/`)) return undefined;
  return {
    property,
    value: oldPath,
    rule: `begin with the path of the stack ("${stack}/")`,
    fix: 'Terraform moves resources within one state only. Use "terraform state mv" for another stack.',
  };
}

/** The construct that decides about a resource: a part of a moved construct can have moved itself. */
function nearestMoved(resource: TerraformResource): IConstruct | undefined {
  return [...resource.node.scopes].reverse().find((scope) => (scope as Moved)[OLD_PATH] !== undefined);
}

function moveResource(resource: TerraformResource, construct: IConstruct, old: readonly string[]): void {
  const scopes = resource.node.scopes;
  const below = scopes.slice(scopes.indexOf(construct) + 1).map(({ node }) => node.id);
  const stack = TerraformStack.of(resource);
  // An address that the user fixed does not depend on the path.
  if (resource.friendlyUniqueId !== stack.getLogicalId(resource)) return;
  const from = logicalId(stack, [...old, ...below]);
  if (from !== resource.friendlyUniqueId) resource.moveFromId(`${resource.terraformResourceType}.${from}`);
}

/** The id that the stack gives a resource at a path. A stack can have naming rules of the user. */
function logicalId(stack: TerraformStack, ids: readonly string[]): string {
  const scopes = [...stack.node.scopes, ...ids.map((id) => ({ node: { id } }))];
  return stack.getLogicalId({ scopes } as unknown as Node);
}
