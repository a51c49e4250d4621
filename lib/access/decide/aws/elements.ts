import { glob, type Pattern } from '../patterns/pattern';
import { TextSet } from '../patterns/text-set';
import type { Listed, PrincipalEntry } from './document';
import { fails, holds, type Alternatives, type AwsLiteral, type Literals, type Part } from './literals';
import { principalsOf } from './principals';
import { patternWithVariables } from './variables';

const EVERYTHING: Alternatives = [[]];

function partLiteral(
  literals: Literals,
  part: Part,
  spelling: unknown,
  patterns: readonly Pattern[],
): AwsLiteral {
  return literals.of(`${part} ${JSON.stringify(spelling)}`, () => ({
    kind: 'part',
    part,
    set: new TextSet(patterns),
  }));
}

const sorted = (values: readonly string[]): readonly string[] => [...new Set(values)].sort();

/** `Action` or `NotAction`. Actions are not case-sensitive, so literals have lower case. */
export function actionAlternatives(literals: Literals, { negated, values }: Listed<string>): Alternatives {
  const names = sorted(values.map((each) => each.toLowerCase()));
  // The pattern of all actions: `service:action`.
  if (!negated && names.includes('*')) return EVERYTHING;
  const literal = partLiteral(
    literals,
    'action',
    names,
    names.map((name) => glob(name)),
  );
  return [[negated ? fails(literal) : holds(literal)]];
}

/**
 * An ARN with fewer than six fields is completed with `*`:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
function completed(resource: string): string {
  const missing = 6 - resource.replaceAll(/\$\{[^}]*\}/g, '').split(':').length;
  return resource.startsWith('arn:') && missing > 0 ? resource + ':*'.repeat(missing) : resource;
}

/** `Resource` or `NotResource`. A `*` also matches colons. */
export function resourceAlternatives(
  literals: Literals,
  { negated, values }: Listed<string>,
  readsVariables: boolean,
): Alternatives {
  const names = sorted(values.map(completed));
  if (!negated && names.includes('*')) return EVERYTHING;
  const patterns = names.map((name) => (readsVariables ? patternWithVariables(name, glob) : glob(name)));
  const unknown = names.filter((_, index) => patterns[index] === undefined);
  const opaque = unknown.map((name) =>
    literals.opaque(`resource ${name}`, `The resource "${name}" has a variable that is not understood.`),
  );
  const spelling = [readsVariables, ...names.filter((name) => !unknown.includes(name))];
  const literal = partLiteral(
    literals,
    'resource',
    spelling,
    patterns.filter((each) => each !== undefined),
  );
  return negated ? [[literal, ...opaque].map(fails)] : [literal, ...opaque].map((each) => [holds(each)]);
}

/**
 * `Principal` or `NotPrincipal`. For `NotPrincipal`, AWS documents the listed principal itself, and that "the policy
 * might deny access" to it where its account is not listed too:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 * What a listed principal includes is therefore opaque.
 */
export function principalAlternatives(
  literals: Literals,
  { negated, values }: Listed<PrincipalEntry>,
): Alternatives {
  const entries = values.map((entry) => ({
    text: `${entry.type}:${entry.value}`,
    covered: principalsOf(entry),
  }));
  const known = entries.flatMap(({ covered }) => (covered.kind === 'known' ? [covered] : []));
  const opaque = entries.flatMap(({ text, covered }) =>
    covered.kind === 'opaque' ? [literals.opaque(`principal ${text}`, covered.reason)] : [],
  );
  const spelling = sorted(entries.map(({ text }) => text));
  const self = known.flatMap((each) => each.self);
  const included = known.flatMap((each) => each.included);
  if (!negated) {
    if (spelling.includes('AWS:*')) return EVERYTHING;
    const literal = partLiteral(literals, 'principal', spelling, [...self, ...included]);
    return [literal, ...opaque].map((each) => [holds(each)]);
  }
  const listed = partLiteral(literals, 'principal', ['self', ...spelling], self);
  if (included.length === 0) return [[listed, ...opaque].map(fails)];
  const related = partLiteral(literals, 'principal', ['included', ...spelling], included);
  const reason =
    'AWS does not document whether NotPrincipal excepts the principals of a listed account or role.';
  const excepted = literals.opaque(`excepted ${JSON.stringify(spelling)}`, reason);
  return [
    [fails(listed), fails(related), ...opaque.map(fails)],
    [fails(listed), holds(related), fails(excepted), ...opaque.map(fails)],
  ];
}
