import { Undecided } from '../relation';
import type { PolicyRegions } from '../policy-regions';
import { conditionLiteral } from './conditions';
import type { ConditionEntry, Statement } from './document';
import { actionAlternatives, principalAlternatives, resourceAlternatives } from './elements';
import type { Alternatives, AwsLiteral, Literals } from './literals';

/** More alternatives than this in one statement come from entries that AWS rejects. */
const MAX_ALTERNATIVES = 256;

function product(elements: readonly Alternatives[]): Alternatives {
  return elements.reduce<Alternatives>(
    (regions, element) => {
      if (regions.length * element.length > MAX_ALTERNATIVES) {
        throw new Undecided('A statement has too many entries that are not understood.');
      }
      return regions.flatMap((region) => element.map((each) => [...region, ...each]));
    },
    [[]],
  );
}

/**
 * Conditions in an order that does not depend on the document. `Null` is first: the search then finds a request that has
 * the key before it needs a value that two operators read in different ways.
 */
function inOrder(conditions: Statement['conditions']): Statement['conditions'] {
  const rank = ({ operator, key }: ConditionEntry) =>
    `${operator === 'Null' ? 0 : 1} ${operator} ${key.toLowerCase()}`;
  return [...conditions].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

function statementRegions(literals: Literals, statement: Statement): Alternatives {
  const { principals, actions, resources, conditions, readsVariables } = statement;
  return product([
    ...(principals ? [principalAlternatives(literals, principals)] : []),
    actionAlternatives(literals, actions),
    ...(resources ? [resourceAlternatives(literals, resources, readsVariables)] : []),
    [inOrder(conditions).map((condition) => conditionLiteral(literals, condition, readsVariables))],
  ]);
}

/** Requests that a document allows and denies. A request in no region is denied. */
export function policyRegions(
  literals: Literals,
  statements: readonly Statement[],
): PolicyRegions<AwsLiteral> {
  const regionsOf = (effect: Statement['effect']) =>
    statements.filter((each) => each.effect === effect).flatMap((each) => statementRegions(literals, each));
  return { allow: regionsOf('Allow'), deny: regionsOf('Deny') };
}
