import { isVariable } from '../patterns/automaton';
import type { AwsLiteral, AwsSigned, Part } from './literals';
import type { AwsPrincipal, AwsRequest } from './request';
import { textOf, valuesOf } from './space';
import type { Statement } from './document';
import type { Predicate } from './values/predicate';
import { keyOfVariable } from './variables';

/** A request that may be a witness, or the reason why it is only a proposal. */
export interface Proposal {
  readonly request: AwsRequest;
  /** Reason why the request need not be a witness; undefined if the decision is sure of it. */
  readonly doubt: string | undefined;
}

/** Facts about both documents that the text of a witness needs. */
export interface WitnessContext {
  readonly statements: readonly Statement[];
  readonly multivalued: ReadonlySet<string>;
  /** Predicates that read a key. */
  readonly predicates: (key: string) => readonly Predicate[];
  /** Names of the policy variables. */
  readonly variables: ReadonlySet<string>;
}

type Symbols = readonly string[];

/** The same text with the capitals of the documents: actions and keys are compared in lower case. */
function spelled(text: string, spellings: readonly string[]): string {
  const common = (spelling: string): number => {
    const lower = spelling.toLowerCase();
    let length = 0;
    while (length < lower.length && lower[length] === text[length]) length++;
    return length;
  };
  const best = spellings.reduce((longest, each) => (common(each) > common(longest) ? each : longest), '');
  return best.slice(0, common(best)) + text.slice(common(best));
}

/** Values for variables: those of the request, else a value that no document contains. */
class Variables {
  constructor(private readonly context: ReadonlyMap<string, readonly Symbols[]>) {}

  public replace(symbols: Symbols): string {
    return symbols
      .map((symbol) => (isVariable(symbol) ? this.valueOf(keyOfVariable(symbol.slice(2, -1))) : symbol))
      .join('');
  }

  public valueOf(key: string): string {
    const given = this.context.get(key)?.[0];
    // A value that contains a variable itself gets the fresh value too; the evaluation then finds the difference.
    return given && !given.some(isVariable) ? given.join('') : `value-of-${key.replace(/.*[:/]/, '')}`;
  }
}

function principalOf(text: string): AwsPrincipal {
  const [type = '', ...id] = text.split(':');
  return { type: type as AwsPrincipal['type'], id: id.join(':') };
}

const KEY_ORDER = (a: readonly [string, unknown], b: readonly [string, unknown]): number =>
  a[0] < b[0] ? -1 : 1;

/** A request that satisfies the literals, dimension by dimension. */
export function propose(
  dimensions: readonly (readonly AwsSigned[])[],
  { statements, multivalued, predicates, variables: names }: WitnessContext,
): Proposal {
  const doubts: (string | undefined)[] = [];
  const context = new Map<string, readonly Symbols[]>();
  const parts = new Map<Part, readonly AwsSigned[]>();
  for (const signed of dimensions) {
    const literal: AwsLiteral | undefined = signed[0]?.literal;
    if (literal?.kind === 'opaque') doubts.push(literal.reason);
    if (literal?.kind === 'part') {
      parts.set(literal.part, signed);
      if (signed.some((each) => each.literal.kind === 'part' && each.literal.set.hasVariables)) {
        doubts.push('A policy variable has a value that only a request tells.');
      }
    }
    if (literal?.kind === 'key') {
      const answer = valuesOf(signed, multivalued, predicates(literal.key));
      doubts.push(answer?.doubt);
      if (answer) context.set(literal.key, answer.values);
    }
  }
  const variables = new Variables(context);
  const part = (name: Part): string => variables.replace(textOf(name, parts.get(name) ?? []) ?? []);
  const principal = statements.some((each) => each.principals) ? principalOf(part('principal')) : undefined;
  const resource = statements.some((each) => each.resources) ? part('resource') : undefined;
  const actions = statements.flatMap((each) => each.actions.values);
  const keys = statements.flatMap((each) => each.conditions.map(({ key }) => key));
  const values = new Map(
    [...context].map(([key, list]) => [key, [...new Set(list.map((each) => variables.replace(each)))]]),
  );
  // A variable without value would make the result of its statement unknown.
  for (const key of [...names].map(keyOfVariable)) {
    if (!values.has(key)) values.set(key, [variables.valueOf(key)]);
  }
  const request: AwsRequest = {
    ...(principal && { principal }),
    action: spelled(part('action'), [...actions, 's3:GetObject']),
    ...(resource !== undefined && { resource }),
    context: Object.fromEntries(
      [...values]
        .filter(([, list]) => list.length > 0)
        .map(([key, list]) => [keys.find((each) => each.toLowerCase() === key) ?? key, list] as const)
        .sort(KEY_ORDER),
    ),
  };
  return { request, doubt: doubts.find((each) => each !== undefined) };
}
