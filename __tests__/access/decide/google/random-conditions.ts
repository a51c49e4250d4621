import fc from 'fast-check';

/** Attributes of random conditions. */
export const NAMES = ['attribute.x', 'attribute.y'];
const text = fc.constantFrom("'a'", "'b'", "'ab'", "''");
/** Tests of an attribute that every library for the language knows. */
const textAtom = fc
  .tuple(
    fc.constantFrom(...NAMES),
    fc.oneof(
      fc.tuple(fc.constantFrom(' == ', ' != '), text).map((parts) => parts.join('')),
      fc
        .tuple(fc.constantFrom('startsWith', 'endsWith', 'contains'), text)
        .map(([name, each]) => `.${name}(${each})`),
      fc.array(text, { maxLength: 2 }).map((each) => ` in [${each.join(', ')}]`),
      fc
        .constantFrom('^a', 'b$', '^a.?$', '^[^a]*$', 'a|^b$', '^(a|b)b?$')
        .map((each) => `.matches('${each}')`),
    ),
  )
  .map((parts) => parts.join(''));
const timeAtom = fc
  .tuple(fc.constantFrom('<', '<=', '>', '>=', '==', '!='), fc.constantFrom(1, 3))
  .map(([operator, day]) => `request.time ${operator} timestamp('2026-01-0${day}T00:00:00Z')`);
const atom = fc.oneof(
  { weight: 4, arbitrary: textAtom },
  timeAtom,
  fc.constantFrom(...NAMES.map((each) => `has(${each})`), 'true', 'false'),
  fc.constantFrom("resource.hasTagKey('k')", "resource.matchTag('k', 'a')"),
);
/** Conditions of atoms, negations, conjunctions and disjunctions. */
const conditionOf = (atoms: fc.Arbitrary<string>) =>
  fc.letrec<{ condition: string }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      atoms,
      tie('condition').map((each) => `!(${each})`),
      fc
        .tuple(tie('condition'), fc.constantFrom('&&', '||'), tie('condition'))
        .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    ),
  })).condition;

/** Random conditions of the attributes, of the time and of tags. */
export const condition = conditionOf(atom);

/** Random conditions without the functions that Google adds to the language. */
export const standardCondition = conditionOf(
  fc.oneof(
    { weight: 4, arbitrary: textAtom },
    fc.constantFrom(...NAMES.map((each) => `has(${each})`), 'true'),
  ),
);
