/** One property that breaks a rule, as plain data. `ValidationError` formats the message. */
export interface ValidationProblem {
  /**
   * Unknown properties have a kind, because no rule applies to them.
   * @default - the value is missing or breaks the rule
   */
  readonly kind?: 'unknown-property';
  /** Path of the value in the props, for example `nodePools[1].gpu.count`. */
  readonly property: string;
  /** The given value; `undefined` if a required property is missing. */
  readonly value: unknown;
  /** Requirement for every value, as it follows "must": `be a DNS label of a-z, 0-9 and "-"`. */
  readonly rule: string;
  /**
   * Remedy, as a sentence: `Use "books".`
   * @default - a message without a remedy
   */
  readonly fix?: string;
}

const LONGEST_VALUE = 80;

function display(value: unknown): string {
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') {
    return `a ${typeof value}`;
  }
  let text: string | undefined;
  try {
    text = JSON.stringify(value, (_, part: unknown) =>
      Number.isNaN(part) || part === Infinity || part === -Infinity ? String(part) : part,
    );
    if (typeof value === 'number') text = String(value);
  } catch {
    // A value with a circular reference, for example a construct, has no JSON form.
  }
  text ??= `a value of type ${typeof value}`;
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}… (${text.length} characters)` : text;
}

/** Property name for a message. An unknown property can have any name. */
function named(property: string): string {
  // eslint-disable-next-line no-control-regex -- a line break in a name would look like another problem
  const plain = property.replace(/[\u0000-\u001f]/g, (control) => JSON.stringify(control).slice(1, -1));
  return plain.length > LONGEST_VALUE ? `${plain.slice(0, LONGEST_VALUE)}…` : plain;
}

/** A rule that demands a value, for example `be set when autoscaling is set`, continues after "is required". */
const DEMAND = /^be set\b/;

/** Tokens as cdktf writes them into a text, a list and a key. Their numbers mean nothing to a reader. */
const TOKENS = /[$#&]\{TfToken\[[^\]]*\]\}/g;

function sentence({ kind, property, value, rule, fix }: ValidationProblem): string {
  const name = named(property);
  const remedy = fix === undefined ? '' : ` ${fix}`;
  if (kind === 'unknown-property') return `${name} is not a property.${remedy}`;
  if (value !== undefined) return `${name} must ${rule} (got ${display(value)}).${remedy}`;
  if (DEMAND.test(rule)) return `${name} is required${rule.replace(DEMAND, '')}.${remedy}`;
  return `${name} is required.${remedy === '' ? ` It must ${rule}.` : remedy}`;
}

/**
 * Thrown at synth when props of one construct break rules. For each problem, the message has the construct path,
 * the property, the rule, the value and the remedy: `prod/Reader: namespace must be a DNS label (got "Books"). Use
 * "books".` The member `problems` has the same as data.
 */
export class ValidationError extends Error {
  /**
   * @param path path of the construct in the tree, for example `prod/Reader`
   * @param problems all problems of its props, at least one
   */
  constructor(
    /** Construct path, or class and name of a step. */
    public readonly path: string,
    /** All problems that were found. */
    public readonly problems: readonly ValidationProblem[],
  ) {
    const sentences = problems.map((problem) => sentence(problem).replace(TOKENS, () => '${token}'));
    super(
      sentences.length === 1
        ? `${path}: ${sentences[0]}`
        : `${path}: ${sentences.length} problems\n${sentences.map((line) => `  - ${line}`).join('\n')}`,
    );
    this.name = 'ValidationError';
  }
}
