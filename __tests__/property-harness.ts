import { Defaults, type DefaultValues } from '../lib/defaults';
import { INHERITED_PROPS } from '../lib/core/inherited';
import { TerraformResource, type TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import * as fc from 'fast-check';
import { ValidationError } from '../lib/core/errors';
import { anyText } from './any-text';
import { DEFAULT_CHILDREN } from './default-children';
import { addresses, blocks, prepared, testStack, withoutReferences, type Configuration } from './synth';

/*
 * Properties that hold for every construct and all props of all types: the constructor creates a construct that can be
 * synthesized, or it throws and leaves the stack as it was. Values are functions of the stack, because tokens and
 * constructs belong to one stack. `tokens/tokens.test.ts` has tokens in place of each value.
 */

// A provider belongs to a stack, and the subjects create none.
const INHERITABLE = new Set(INHERITED_PROPS.filter((name) => !name.endsWith('Provider')) as string[]);

export type Make = (stack: TerraformStack) => unknown;
type Values = Record<string, readonly Make[]>;

export const constant = (...values: readonly unknown[]): Make[] => values.map((value) => () => value);
const hostile = fc.oneof(
  fc.constantFrom<Make>(
    ...constant(
      null,
      '',
      ' ',
      0,
      -1,
      1.5,
      NaN,
      Infinity,
      10n,
      true,
      false,
      [],
      {},
      [null],
      [[]],
      Symbol('s'),
    ),
    ...constant(
      '"',
      '\\',
      '${',
      '${var.x}',
      '%{ if true }',
      '$${x}',
      'one\ntwo',
      '\u0000',
      'ünïcödé',
      '🙂',
      '__proto__',
    ),
    ...constant({ constructor: 1 }, Object.create(null), new Date(0), /x/, () => 1),
  ),
  anyText().map(
    (text): Make =>
      () =>
        text,
  ),
  fc.jsonValue({ maxDepth: 2 }).map(
    (value): Make =>
      () =>
        value,
  ),
);

/** Construct under test: how it is made, and valid values of its properties. */
export interface Subject {
  readonly make: (stack: TerraformStack, props: never) => Construct;
  readonly good: Values;
}

/** Good props, some of them replaced. */
function propsOf({ good }: Subject, spoilt: fc.Arbitrary<Record<string, Make>>) {
  const fine = fc.record(
    Object.fromEntries(Object.entries(good).map(([name, makes]) => [name, fc.constantFrom(...makes)])),
  );
  return fc.tuple(fine, spoilt).map(([first, second]) => ({ ...first, ...second }) as Record<string, Make>);
}

const made = (makes: Record<string, Make>, stack: TerraformStack) =>
  Object.fromEntries(Object.entries(makes).map(([name, make]) => [name, make(stack)])) as never;

/** Objects that merely look like constructs are left out: see the failing tests of each construct. */
const references = [
  'orchestrator',
  'service',
  'federation',
  'runAs',
  'proof',
  'cluster',
  'network',
  'identity',
  'googleServiceAccount',
  'nodeServiceAccount',
  'nodePools',
];

/** Path of the construct in an error. */
const PATH = 'prod/it: ';

/** Addresses of the resources of a stack, read from its tree: synthesis takes most of the time of a property. */
const declared = (stack: TerraformStack) =>
  stack.node
    .findAll()
    .filter((construct) => TerraformResource.isTerraformResource(construct))
    .map((resource) => `${resource.terraformResourceType}.${resource.friendlyUniqueId}`)
    .sort();

/** IAM members that end before their replacement exists. */
function membersWithGap({ resource = {} }: Configuration): string[] {
  return Object.entries(resource)
    .filter(([type]) => type.endsWith('_iam_member'))
    .flatMap(([type, ofType]) =>
      Object.entries(ofType).map(([name, body]) => ({ address: `${type}.${name}`, body })),
    )
    .filter(({ body }) => String(body.lifecycle?.create_before_destroy) !== 'true')
    .map(({ address }) => address);
}

/** Describes the constructs of a domain. */
export function describeProperties(subjects: Readonly<Record<string, Subject>>): void {
  describe.each(Object.entries(subjects))('%s', (title, subject) => {
    const closed = Object.keys(subject.good).filter((name) => !references.includes(name));

    test('of good props is written as JSON that Terraform reads, the same every time', () => {
      fc.assert(
        fc.property(propsOf(subject, fc.constant({})), (makes) => {
          const [first, again] = [prepared, withoutReferences].map((synthesize) => {
            const stack = testStack();
            subject.make(stack, made(makes, stack));
            return synthesize(stack);
          });
          const text = JSON.stringify(first);
          expect(membersWithGap(first!)).toEqual([]);
          expect(JSON.stringify(again)).toBe(text);
          expect(text).not.toMatch(/TfToken\[|\[object |undefined|NaN/);
        }),
        { numRuns: 25 },
      );
    });

    test('of anything else is made or refused whole, with path and property of every problem', () => {
      const spoilt = fc.dictionary(
        fc.oneof(fc.constantFrom(...closed), fc.stringMatching(/^[a-zA-Z]{1,12}$/)),
        hostile,
        {
          maxKeys: 4,
        },
      );
      fc.assert(
        fc.property(propsOf(subject, spoilt), (makes) => {
          const stack = testStack();
          const props = made(makes, stack);
          const before = declared(stack);
          try {
            subject.make(stack, props);
          } catch (error) {
            if (!(error instanceof ValidationError)) throw error;
            expect({
              path: error.message.slice(0, PATH.length),
              hasProblems: error.problems.length > 0,
              unnamed: error.problems.filter(({ property }) => !error.message.includes(`${property} `)),
              child: stack.node.tryFindChild('it'),
              resources: blocks(stack).flatMap(addresses).sort(),
            }).toEqual({ path: PATH, hasProblems: true, unnamed: [], child: undefined, resources: before });
            return;
          }
          expect(JSON.stringify(blocks(stack))).not.toMatch(/TfToken\[|\[object /);
        }),
        { numRuns: 120 },
      );
    });

    test('without any one of what it needs is refused for that', () => {
      const stack = testStack();
      const first = Object.fromEntries(
        Object.entries(subject.good).map(([name, makes]) => [name, makes[0]!]),
      );
      for (const [name, makes] of Object.entries(subject.good)) {
        if (makes.some((make) => make(stack) === undefined)) continue;
        const rest = Object.fromEntries(Object.entries(first).filter(([other]) => other !== name));
        let refused: unknown;
        try {
          subject.make(stack, made(rest, stack));
        } catch (error) {
          refused = error;
        }
        expect(String(refused)).toMatch(new RegExp(`^ValidationError: ${PATH}.*${name} is required`, 's'));
      }
    });

    test('has its main resource as default child', () => {
      const stack = testStack();
      const first = Object.fromEntries(Object.entries(subject.good).map(([key, makes]) => [key, makes[0]!]));
      const { defaultChild } = subject.make(stack, made(first, stack)).node;
      const type = (defaultChild as TerraformResource | undefined)?.terraformResourceType ?? 'none';
      expect({ [title]: type }).toEqual({ [title]: DEFAULT_CHILDREN[title] });
    });

    test('inherits props from Defaults as if they were given', () => {
      const first = Object.entries(subject.good).map(([name, makes]) => [name, makes[0]!] as const);
      const inherited = Object.fromEntries(first.filter(([name]) => INHERITABLE.has(name)));
      const json = (props: readonly (readonly [string, (typeof first)[number][1]])[]) => {
        const stack = testStack();
        Defaults.of(stack).set(made(inherited, stack) as DefaultValues);
        subject.make(stack, made(Object.fromEntries(props), stack));
        return withoutReferences(stack);
      };
      expect(json(first.filter(([name]) => !(name in inherited)))).toEqual(json(first));
    });

    test('of no props at all is refused', () => {
      expect(() => subject.make(testStack(), undefined as never)).toThrow(
        /^prod\/it: .*props is required\. It must be an object\./s,
      );
    });
  });
}
