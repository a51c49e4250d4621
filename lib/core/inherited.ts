import { TerraformProvider, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { ValidationProblem } from './errors';
import { oncePer } from './registry';

/** Props that a construct inherits from its scopes. `Defaults` documents them. */
export const INHERITED_PROPS = [
  'reason',
  'owner',
  'ticket',
  'reviewBy',
  'project',
  'account',
  'location',
  'alarmActions',
  'logRetentionDays',
  'kmsKeyArn',
  'kmsKeyName',
  'awsProvider',
  'googleProvider',
  'kubernetesProvider',
] as const;

export type InheritedProp = (typeof INHERITED_PROPS)[number];

/** Props with inherited and derived values: the ones that every construct needs are set. */
export type WithInherited<P> = P extends unknown
  ? P & {
      readonly [K in keyof P & ('reason' | 'project' | 'account' | 'location' | 'name')]-?: NonNullable<P[K]>;
    }
  : never;

/** Values of one scope, and the constructs that read each of them. */
interface InheritedValues {
  readonly values: Partial<Record<InheritedProp, unknown>>;
  readonly readers: Partial<Record<InheritedProp, string>>;
}

/** Inherited values of a scope, stored on the scope. */
export function inheritedValuesOf(scope: IConstruct): InheritedValues {
  return oncePer(scope, 'defaults', () => ({ values: {}, readers: {} }));
}

/**
 * Fills props that are undefined from the scopes of a construct; for each prop the nearest scope wins. Records the
 * reader on each scope, so that a later change of the value is an error and not a difference between constructs.
 */
export function inherit<P extends object>(
  construct: IConstruct,
  given: P,
  names: readonly string[],
  report: (problem: ValidationProblem) => void,
): P {
  const found: Partial<Record<InheritedProp, unknown>> = {};
  for (const name of INHERITED_PROPS) {
    if (!names.includes(name) || (given as Record<string, unknown>)[name] !== undefined) continue;
    const value = nearestValue(construct, name);
    if (value === undefined) continue;
    found[name] = value;
    if (value instanceof TerraformProvider && TerraformStack.of(value) !== TerraformStack.of(construct)) {
      report({
        property: name,
        value: value.node.path,
        rule: 'be a provider of the stack of the construct, and Defaults has one of another stack',
        fix: 'Set it here, or call Defaults.of(…) on each stack.',
      });
    }
  }
  return Object.keys(found).length === 0 ? given : { ...given, ...found };
}

function nearestValue(construct: IConstruct, name: InheritedProp): unknown {
  for (const scope of [...construct.node.scopes].reverse()) {
    const { values, readers } = inheritedValuesOf(scope);
    readers[name] ??= construct.node.path;
    if (values[name] !== undefined) return values[name];
  }
  return undefined;
}
