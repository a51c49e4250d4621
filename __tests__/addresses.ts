import { Construct } from 'constructs';
import { TerraformResource, type TerraformStack } from 'cdktf';
import * as library from '../lib';
import { synthesized, testStack } from './synth';
import type { TokenSubject } from './tokens/subject';
import { SUBJECTS } from './tokens/subjects';

/** Addresses of the resources of one construct, which is named "it" and is below the stack. */
export interface ConstructAddresses {
  /** Addresses of the program without optional props. */
  readonly smallest: readonly string[];
  /** Addresses that other props add. */
  readonly more: readonly string[];
}

interface Made {
  readonly addresses: readonly string[];
  /** Addresses that a `moved` block names. */
  readonly moved: readonly string[];
}

/** Exported constructs and the programs of the token tests, which have every value of their props. */
export const constructs: readonly (readonly [string, TokenSubject])[] = Object.entries(SUBJECTS)
  .filter(([title]) => {
    const exported = (library as Record<string, unknown>)[title];
    return typeof exported === 'function' && exported.prototype instanceof Construct;
  })
  .sort(([one], [other]) => (one < other ? -1 : 1));

function declared(stack: TerraformStack): string[] {
  return stack.node
    .findAll()
    .filter((construct) => TerraformResource.isTerraformResource(construct))
    .map((resource) => `${resource.terraformResourceType}.${resource.friendlyUniqueId}`);
}

/** Resources of one program, without those of the constructs in its props; `undefined` if the props are not valid. */
function madeBy({ make }: TokenSubject, propsIn: TokenSubject['variants'][number]): Made | undefined {
  const stack = testStack();
  const props = propsIn(stack);
  const others = new Set(declared(stack));
  try {
    make(stack, props as never);
    const { moved = [] } = synthesized(stack) as { moved?: readonly { readonly from: string }[] };
    return {
      addresses: declared(stack).filter((address) => !others.has(address)),
      moved: moved.map(({ from }) => from),
    };
  } catch {
    return undefined;
  }
}

/** The program without the props that are not needed. */
function smallest(subject: TokenSubject): Made | undefined {
  const [base] = subject.variants;
  if (base === undefined) return undefined;
  const without = (names: ReadonlySet<string>) => (stack: TerraformStack) =>
    Object.fromEntries(Object.entries(base(stack)).filter(([name]) => !names.has(name)));
  const left = new Set<string>();
  for (const name of Object.keys(base(testStack()))) {
    if (madeBy(subject, without(new Set([...left, name]))) !== undefined) left.add(name);
  }
  return madeBy(subject, without(left));
}

/** Addresses of a construct today, and those that its `moved` blocks take over. */
export function addressesOf(subject: TokenSubject): ConstructAddresses & Pick<Made, 'moved'> {
  const first = smallest(subject)?.addresses ?? [];
  const programs = subject.variants.flatMap((variant) => madeBy(subject, variant) ?? []);
  const all = [...new Set(programs.flatMap(({ addresses }) => addresses))].sort();
  return {
    smallest: [...first].sort(),
    more: all.filter((address) => !first.includes(address)),
    moved: programs.flatMap(({ moved }) => moved),
  };
}
