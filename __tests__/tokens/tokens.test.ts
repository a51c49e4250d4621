import { Construct } from 'constructs';
import * as library from '../../lib';
import { blocks, testStack } from '../synth';
import { outcomeOf, placedTokens } from './outcome';
import { factoriesOf, leavesOf } from './prop-types';
import { SUBJECTS } from './subjects';
import { names, variantWith, type PlacedToken } from './token-cases';
import { SOURCE } from './tokens';

/*
 * Every value of every exported construct, step and factory gets each kind of token. The library rejects the token and
 * names the property, or it writes a reference that Terraform can evaluate. `lanes/terraform/tokens.test.ts` evaluates
 * the accepted ones.
 */

type Class = { readonly prototype: unknown };

const isConcrete = (name: string) => !['FallibleStep', 'TerminalStep', 'Step'].includes(name);
/** Classes that read what a synthesis wrote: no token exists then. */
const RUNS_AFTER_SYNTH = ['DeployerAccess'];
const exported = Object.entries(library as Record<string, unknown>).filter(
  (entry): entry is [string, Class] => typeof entry[1] === 'function',
);
const titles = exported.flatMap(([name, { prototype }]) => [
  ...((prototype instanceof Construct || prototype instanceof library.Step) && isConcrete(name)
    ? [name]
    : []),
  ...(RUNS_AFTER_SYNTH.includes(name) ? [] : factoriesOf(name)).filter(
    (factory) => leavesOf(factory).length > 0,
  ),
]);

test('each exported construct, step and factory is a subject', () => {
  expect(Object.keys(SUBJECTS).sort()).toEqual([...titles].sort());
});

describe.each(Object.entries(SUBJECTS))('%s', (title, subject) => {
  test('has every value of its type in a variant of its props, and each variant is valid', () => {
    const stack = testStack();
    const missing = leavesOf(title).filter((leaf) => !variantWith(subject, leaf, stack));
    expect(missing).toEqual([]);
    for (const variant of subject.variants) textOf(variant);
  });

  test('rejects each token by the name of its property, or keeps the reference', () => {
    const violations = placedTokens(title, subject).flatMap((placed) => {
      const violation = violationOf(placed);
      const place = `${placed.leaf.path}${placed.isKey ? ' (key)' : ''}`;
      return violation === undefined ? [] : [`${place}: ${placed.token.title}: ${violation}`];
    });
    expect(violations).toEqual([]);
  });

  function textOf(variant: PlacedToken['variant']): string {
    const stack = testStack();
    subject.make(stack, variant(stack) as never);
    return JSON.stringify(blocks(stack));
  }

  function violationOf(placed: PlacedToken): string | undefined {
    try {
      const outcome = outcomeOf(subject, placed);
      if ('message' in outcome) {
        const isNamed = outcome.problems.some(({ property }) => names(property, placed));
        return isNamed ? undefined : `rejected by another name: ${outcome.message}`;
      }
      const { text } = outcome;
      if (placed.token.given === undefined) return 'accepted, and Terraform cannot evaluate it';
      if (placed.leaf.kind === 'word') return 'accepted in place of a word of a closed set';
      if (/TfToken\[|\[object |undefined|NaN/.test(text)) return 'cut';
      // A value without an effect is in no configuration.
      if (text.includes(SOURCE) || withoutSource(text) === withoutSource(textOf(placed.variant)))
        return undefined;
      return 'accepted, and the reference is lost';
    } catch (error) {
      return String(error);
    }
  }
});

/** The elements without the resource of the tokens, which the plain variant lacks. */
function withoutSource(text: string): string {
  const elements = JSON.parse(text) as readonly { readonly resource?: Readonly<Record<string, unknown>> }[];
  return JSON.stringify(elements.filter(({ resource }) => resource?.terraform_data === undefined));
}
