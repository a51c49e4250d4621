import type { TerraformStack } from 'cdktf';

export type Props = Readonly<Record<string, unknown>>;

/** Construct, step or factory under test. */
export interface TokenSubject {
  /** Creates it, and what writes its values: an orchestrator for a step, a grant for an identity. */
  readonly make: (stack: TerraformStack, props: never) => unknown;
  /** Valid props. Each value of the type of the props occurs in one of them. */
  readonly variants: readonly ((stack: TerraformStack) => Props)[];
}

export type TokenSubjects = Readonly<Record<string, TokenSubject>>;

/** The same props, with other values. */
export const variantsOf = (
  base: (stack: TerraformStack) => Props,
  ...others: readonly ((stack: TerraformStack) => Props)[]
) => [base, ...others.map((other) => (stack: TerraformStack) => ({ ...base(stack), ...other(stack) }))];
