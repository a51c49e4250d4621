import {
  isComputed,
  isKnown,
  type ComputedValue,
  type ModelValue,
  type ReferenceValue,
} from '../model/values/value';
import { expressionText } from '../model/values/value-text';
import { mayEqual, outlineOf, textOf } from './text-of';
import { fail, pass, unknown, type Verdict } from './verdict';

/** A value that a rule requires something of. A value that is not known gives the verdict `unknown`. */
export class CheckedValue {
  constructor(
    /** Path of the argument in the resource. */
    public readonly property: string,
    /** The value, or that of the block or map around it which is not known; `undefined` if the argument is omitted. */
    public readonly value: ModelValue | undefined,
    private readonly isInsideUnknown = false,
  ) {}

  /** Whether the argument is present, known or not. */
  public get isPresent(): boolean {
    return this.value !== undefined;
  }

  /**
   * Whether the argument can turn out to be omitted: it is in a block or a map that is not known, a `dynamic` block
   * generates it, or its expression can be `null`. A template and an attribute of a resource are a value.
   */
  public get canBeOmitted(): boolean {
    if (Array.isArray(this.value)) return this.value.length > 0 && this.value.every(isGenerated);
    return this.isInsideUnknown || (isComputed(this.value) && canBeNull(this.value));
  }

  /**
   * A text that is equal for equal values and different for different ones: the text of a known value, or of attributes
   * of resources. `undefined` if only Terraform knows the value.
   */
  public get identity(): string | undefined {
    return this.isPresent && !this.isInsideUnknown && isIdentity(this.value) ? this.text : undefined;
  }

  /** Whether the argument is present and only Terraform knows its value. */
  public get isOpen(): boolean {
    return this.isPresent && this.identity === undefined;
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
    return this.compare(expected, true);
  }

  /** The value must be none of the given ones. */
  public isNot(...rejected: readonly (string | number | boolean)[]): Verdict {
    return this.compare(rejected, false);
  }

  /** The argument must be present. An attribute of a resource, and what a plan shows as known after apply, is present. */
  public isSet(): Verdict {
    if (this.canBeOmitted) return this.unknown();
    return this.isPresent ? pass : fail(`${this.property} must be set.`, { property: this.property });
  }

  /**
   * The argument must be omitted. A plan has an empty list where a block is omitted.
   *
   * @param detail part that breaks the rule, if a resource can have several findings of the rule
   */
  public isNotSet(detail?: string): Verdict {
    const isOmitted = !this.isPresent || (Array.isArray(this.value) && this.value.length === 0);
    if (isOmitted) return pass;
    return this.canBeOmitted ? this.unknown() : this.must('not be set', detail);
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

  /**
   * A condition of other requirements: pass if the text meets the test, `unknown` if only Terraform knows the value and
   * it can meet the test, else fail.
   *
   * @param test gets the text, with `${…}` for each part that is not known
   * @param canMeet whether a value that only Terraform knows can meet the test
   */
  public meets(test: (text: string) => boolean, canMeet: (outline: string) => boolean = () => true): Verdict {
    if (this.isPresent && test(this.text)) return pass;
    return this.isOpen && canMeet(this.outline) ? this.unknown() : NOT_MET;
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

  private compare(values: readonly (string | number | boolean)[], expected: boolean): Verdict {
    const failure = () => this.must(`${expected ? 'be' : 'not be'} ${listOf(values)}`);
    if (isComputed(this.value)) {
      const possible = values.some((each) => mayEqual(this.value, String(each)));
      if (possible) return this.unknown();
      return expected ? failure() : pass;
    }
    const equal = values.some((each) => this.value !== undefined && String(this.value) === String(each));
    return equal === expected ? pass : failure();
  }
}

const NOT_MET = fail('The value does not meet the condition.');

function isGenerated(value: ModelValue): boolean {
  return isComputed(value) && value.$kind === 'dynamic';
}

/** Functions of Terraform that can return `null`. */
const NULLABLE_CALL = /^(element|jsondecode|lookup|nonsensitive|one|sensitive|try|yamldecode)$/;

function canBeNull(value: ComputedValue): boolean {
  switch (value.$kind) {
    case 'template':
    case 'unknown':
      return false;
    case 'reference':
      return !isAttribute(value);
    case 'call':
      return NULLABLE_CALL.test(value.name);
    case 'expression':
    case 'dynamic':
      return true;
  }
}

function isIdentity(value: ModelValue | undefined): boolean {
  if (!isComputed(value)) return isKnown(value) || Object.values(value as object).every(isIdentity);
  if (value.$kind === 'template') return value.parts.every(isIdentity);
  return value.$kind === 'reference' && isAttribute(value);
}

/** Whether a reference is an attribute of a resource or of a data source. */
function isAttribute({ address }: ReferenceValue): boolean {
  return !/^(var|local|each|module|self|count|path|terraform)(\.|$)/.test(address);
}

function listOf(values: readonly (string | number | boolean)[]): string {
  const texts = values.map((value) => (typeof value === 'string' ? `"${value}"` : String(value)));
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`;
}

const LONGEST = 120;

function shown(value: ModelValue | undefined): string {
  // The JSON of a list with a computed element would show the form of the model.
  const inside = isKnown(value) ? JSON.stringify(value) : expressionText(value);
  const text = isComputed(value) ? textOf(value) : inside;
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
