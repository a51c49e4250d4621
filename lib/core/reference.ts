import { TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { knownAtSynth, shape, type Report, type Rule, type Shape } from './rules';

/**
 * A reference to a resource by structure: a resource of the same stack, or an object with these members. Only a plain
 * object is checked for other members, because a resource has more.
 */
export function reference<T>(rules: Shape<T>): Rule {
  const rule = shape(rules);
  const names = Object.keys(rules);
  return knownAtSynth((value, property, report) =>
    rule(Construct.isConstruct(value) ? membersOf(value, names) : value, property, report),
  );
}

function membersOf(value: object, names: readonly string[]): object {
  return Object.fromEntries(names.map((name) => [name, (value as Record<string, unknown>)[name]]));
}

/**
 * Rejects a resource of another stack, because a reference to it reads the remote state of that stack.
 * @param scope construct that uses the reference
 * @param members members of a plain reference, for the remedy
 */
export function checkSameStack(
  scope: IConstruct,
  property: string,
  value: unknown,
  members: readonly string[],
  report: Report,
): void {
  if (!Construct.isConstruct(value) || TerraformStack.of(value) === TerraformStack.of(scope)) return;
  report({
    property,
    value: value.node.path,
    rule: 'belong to this stack, because a reference to another stack reads its remote state',
    fix: `Pass plain strings: { ${members.join(', ')} }.`,
  });
}
