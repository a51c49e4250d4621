import type { ConditionEntry } from './document';
import { fails, holds, type AwsSigned, type KeyLiteral, type Literals } from './literals';
import { operators } from './operators';

const OPERATOR = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/;

const sorted = (values: readonly string[]): readonly string[] => [...new Set(values)].sort();

function nullCondition(literals: Literals, key: string, values: readonly string[]): AwsSigned | undefined {
  const [value, ...others] = sorted(values.map((each) => each.toLowerCase()));
  if (others.length > 0 || (value !== 'true' && value !== 'false')) return undefined;
  const absent = literals.of(`absent ${key}`, () => ({
    kind: 'key',
    key,
    quantifier: 'absent',
    ifAbsent: true,
    predicate: undefined,
  }));
  return value === 'true' ? holds(absent) : fails(absent);
}

/**
 * Literal and sign of an operator. A negated operator is the negation of the plain one: `StringNotEquals` also holds
 * without the key. `ForAllValues` of a negated operator is the negation of `ForAnyValue` of the plain one, and holds
 * without the key; `ForAnyValue` does not.
 */
function form(
  set: string | undefined,
  negated: boolean,
  ifExists: boolean,
): Pick<KeyLiteral, 'quantifier' | 'ifAbsent'> {
  if (set === undefined) return { quantifier: 'one', ifAbsent: ifExists && !negated };
  const isAll = set === 'ForAllValues';
  // "Evaluate the condition element as true" (IfExists) contradicts "false without a key" (ForAnyValue).
  const ifAbsent = !isAll && ifExists ? undefined : isAll !== negated;
  return { quantifier: isAll !== negated ? 'all' : 'any', ifAbsent };
}

/** Literal of one key of a condition block. */
export function conditionLiteral(
  literals: Literals,
  { operator, key: name, values }: ConditionEntry,
  readsVariables: boolean,
): AwsSigned {
  const key = name.toLowerCase();
  const [, set, base = '', ifExists] = OPERATOR.exec(operator) ?? [];
  const spelling = JSON.stringify([set, base, ifExists, key, readsVariables, sorted(values)]);
  const notUnderstood = (reason: string) => holds(literals.opaque(spelling, reason));
  if (values.length === 0) return notUnderstood(`The condition ${operator} has no value for ${name}.`);
  if (base === 'Null' && set === undefined && !ifExists) {
    return (
      nullCondition(literals, key, values) ??
      notUnderstood(`The value of Null for ${name} is not "true" or "false".`)
    );
  }
  const known = operators.get(base);
  if (!known) return notUnderstood(`The condition operator "${operator}" is not known.`);
  const { quantifier, ifAbsent } = form(set, known.negated, ifExists !== undefined);
  const predicate = known.read(sorted(values), readsVariables);
  if (!predicate)
    return notUnderstood(`A value of ${operator} for ${name} is not understood: ${values.join(', ')}.`);
  const plain = known.negated ? base.replace('Not', '') : base;
  const literal = literals.of(
    JSON.stringify([
      quantifier,
      ifAbsent,
      plain.replace('ArnEquals', 'ArnLike'),
      key,
      readsVariables,
      sorted(values),
    ]),
    () => ({ kind: 'key', key, quantifier, ifAbsent, predicate }),
  );
  return known.negated ? fails(literal) : holds(literal);
}
