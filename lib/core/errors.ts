/** One property that breaks a rule: plain data, worded in one place (`ValidationError`). */
export interface ValidationProblem {
  /** Where the value stands in the props, for example `nodePools[1].gpu.count`. */
  readonly property: string;
  /** What was given; `undefined` when a required property is missing. */
  readonly value: unknown;
  /** What holds for every good value, as a clause: `a DNS label has only a-z, 0-9 and "-"`. */
  readonly rule: string;
  /**
   * What to write instead, as a sentence.
   * @default - none: the rule says it all
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
    // A value that refers to itself (a construct, say) has no JSON form.
  }
  text ??= `a value of type ${typeof value}`;
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}… (${text.length} characters)` : text;
}

/** Names of properties may come from outside too, when an unknown one is reported. */
function named(property: string): string {
  // eslint-disable-next-line no-control-regex -- a line break in a name would look like another problem
  const plain = property.replace(/[\u0000-\u001f]/g, (control) => JSON.stringify(control).slice(1, -1));
  return plain.length > LONGEST_VALUE ? `${plain.slice(0, LONGEST_VALUE)}…` : plain;
}

function sentence({ property, value, rule, fix }: ValidationProblem): string {
  const found = value === undefined ? 'is missing' : `got ${display(value)}`;
  return `${named(property)}: ${found}; ${rule}.${fix === undefined ? '' : ` ${fix}`}`;
}

/**
 * Thrown at synth when props of one construct break rules. The message names the construct path and, for
 * each problem, the property, the value, the rule and the fix; `problems` holds the same as data.
 */
export class ValidationError extends Error {
  /**
   * @param path path of the construct in the tree, for example `prod/Reader`
   * @param problems all that is wrong with its props, never empty
   */
  constructor(
    public readonly path: string,
    public readonly problems: readonly ValidationProblem[],
  ) {
    const sentences = problems.map(sentence);
    super(
      sentences.length === 1
        ? `${path}: ${sentences[0]}`
        : `${path}: ${sentences.length} problems\n${sentences.map((line) => `  - ${line}`).join('\n')}`,
    );
    this.name = 'ValidationError';
  }
}
