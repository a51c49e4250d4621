import { isComputed, isKnown, type ModelValue } from '../model/values/value';
import { mayEqual, outlineOf, textOf } from './text-of';
import { fail, pass, unknown, type Verdict } from './verdict';

/** A value that a rule requires something of. A value that is not known gives the verdict `unknown`. */
export class CheckedValue {
  constructor(
    /** Path of the argument in the resource. */
    public readonly property: string,
    /** The value; `undefined` if the argument is omitted. */
    public readonly value: ModelValue | undefined,
  ) {}

  /** Whether the argument is present, known or not. */
  public get isPresent(): boolean {
    return this.value !== undefined;
  }

  /** The value as text, with `${…}` for each part that is not known. */
  public get text(): string {
    return textOf(this.value);
  }

  /** The value as text, with one "…" for each part that is not known: for patterns that match the form alone. */
  public get outline(): string {
    return outlineOf(this.value);
  }

  /** Elements of a list, each with its own path; the value itself if it is another value; none if it is omitted. */
  public get elements(): readonly CheckedValue[] {
    const { value } = this;
    if (value === undefined) return [];
    if (!Array.isArray(value)) return [this];
    return (value as readonly ModelValue[]).map(
      (element, at) => new CheckedValue(`${this.property}[${at}]`, element),
    );
  }

  /** The same argument with the default of the provider where it is omitted. */
  public or(value: ModelValue): CheckedValue {
    return this.isPresent ? this : new CheckedValue(this.property, value);
  }

  /** The value must be one of the given ones. Texts and booleans compare by their text, as Terraform converts them. */
  public is(...expected: readonly (string | number | boolean)[]): Verdict {
    return this.compare(expected, true, `be ${listOf(expected)}`);
  }

  /** The value must be none of the given ones. */
  public isNot(...rejected: readonly (string | number | boolean)[]): Verdict {
    return this.compare(rejected, false, `not be ${listOf(rejected)}`);
  }

  /** The argument must be present. A value that is known after apply is present. */
  public isSet(): Verdict {
    return this.isPresent ? pass : fail(`${this.property} must be set.`, { property: this.property });
  }

  /** The argument must be omitted. A plan has an empty list where a block is omitted. */
  public isNotSet(): Verdict {
    const isOmitted = !this.isPresent || (Array.isArray(this.value) && this.value.length === 0);
    return isOmitted ? pass : this.must('not be set');
  }

  /**
   * The known value must pass the test.
   *
   * @param requirement the test as it follows "must", for example `start with "https://"`
   * @param test gets plain JSON; `undefined` if the argument is omitted
   */
  public satisfies(requirement: string, test: (value: unknown) => boolean): Verdict {
    if (!isKnown(this.value)) return this.unknown();
    return test(this.value) ? pass : this.must(requirement);
  }

  /** The known text must match. */
  public matches(pattern: RegExp, requirement: string): Verdict {
    return this.satisfies(requirement, (value) => typeof value === 'string' && pattern.test(value));
  }

  /** The verdict of a value that is not known before apply. */
  public unknown(): Verdict {
    return unknown(`${this.property} is known after apply (${this.text}).`, this.property);
  }

  /** The finding of a value that breaks a requirement, as it follows "must". */
  public must(requirement: string, detail?: string): Verdict {
    const got = this.isPresent ? ` (got ${shown(this.value)})` : '';
    return fail(`${this.property} must ${requirement}${got}.`, {
      property: this.property,
      ...(detail !== undefined && { detail }),
    });
  }

  private compare(
    values: readonly (string | number | boolean)[],
    expected: boolean,
    requirement: string,
  ): Verdict {
    if (isComputed(this.value)) {
      const possible = values.some((each) => mayEqual(this.value, String(each)));
      if (possible) return this.unknown();
      return expected ? this.must(requirement) : pass;
    }
    const equal = values.some((each) => this.value !== undefined && String(this.value) === String(each));
    return equal === expected ? pass : this.must(requirement);
  }
}

function listOf(values: readonly (string | number | boolean)[]): string {
  const texts = values.map((value) => (typeof value === 'string' ? `"${value}"` : String(value)));
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`;
}

const LONGEST = 120;

function shown(value: ModelValue | undefined): string {
  const text = isComputed(value) ? textOf(value) : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
