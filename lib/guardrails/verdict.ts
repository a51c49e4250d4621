/** The resource meets the rule. */
export interface Pass {
  /** Tells the three verdicts apart. */
  readonly verdict: 'pass';
}

/** The resource breaks the rule. */
export interface Fail {
  /** Tells the three verdicts apart. */
  readonly verdict: 'fail';
  /** Violation by this resource, as a sentence. */
  readonly message: string;
  /**
   * Path of the argument that breaks the rule, for example `node_config[0].service_account`.
   * @default - no single argument breaks the rule
   */
  readonly property?: string;
  /**
   * The part that breaks the rule, if a resource can have several findings of one rule, for example `iam:PassRole`.
   * It follows the id of the rule in brackets: `AWS005[iam:PassRole]`.
   * @default - the resource has one finding of the rule
   */
  readonly detail?: string;
}

/** The outcome depends on a value that is not known before apply. */
export interface Unknown {
  /** Tells the three verdicts apart. */
  readonly verdict: 'unknown';
  /** Which value is unknown and why, as a sentence. */
  readonly reason: string;
  /**
   * Path of the argument.
   * @default - no single argument is unknown
   */
  readonly property?: string;
}

/** Outcome of one rule for one resource. */
export type Verdict = Pass | Fail | Unknown;

/** The verdict of a resource that meets the rule. */
export const pass: Pass = { verdict: 'pass' };

/** The verdict of a resource that breaks the rule. */
export function fail(message: string, where: Pick<Fail, 'property' | 'detail'> = {}): Fail {
  return { verdict: 'fail', message, ...where };
}

/** The verdict of a resource whose values are not known. */
export function unknown(reason: string, property?: string): Unknown {
  return { verdict: 'unknown', reason, ...(property !== undefined && { property }) };
}

/** Whether what a rule reads is not known: the verdict is in its place. */
export function isUnknown(found: object): found is Unknown {
  return 'verdict' in found;
}

/** Every failure, else each reason why it is unknown, else pass: the verdict of several requirements at once. */
export function all(...verdicts: readonly Verdict[]): readonly Verdict[] {
  const failed = verdicts.filter(({ verdict }) => verdict === 'fail');
  if (failed.length > 0) return failed;
  const open = verdicts.filter((each) => each.verdict === 'unknown');
  if (open.length === 0) return [pass];
  return [...new Map(open.map((each) => [each.reason, each])).values()];
}

/** One verdict of several conditions: the first failure, else the first unknown one, else pass. */
export function every(...conditions: readonly Verdict[]): Verdict {
  return all(...conditions)[0] ?? pass;
}

/**
 * Requirements that count under a condition: their verdicts if the condition passes, pass if it fails. Without a known
 * condition, the outcome is unknown, except where all requirements hold.
 */
export function when(condition: Verdict, ...requirements: readonly Verdict[]): readonly Verdict[] {
  if (condition.verdict === 'fail') return [pass];
  const found = all(...requirements);
  const hold = found.every(({ verdict }) => verdict === 'pass');
  return hold || condition.verdict === 'pass' ? found : [condition];
}

/** Pass if one verdict is pass, else the first unknown one, else the first failure. */
export function any(first: Verdict, ...rest: readonly Verdict[]): Verdict {
  const verdicts = [first, ...rest];
  const best = (kind: Verdict['verdict']) => verdicts.find(({ verdict }) => verdict === kind);
  return best('pass') ?? best('unknown') ?? first;
}
