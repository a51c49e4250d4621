import type { Subject } from './subject';
import type { Verdict } from './verdict';

/** Effect of a finding. `error` fails `check` by default. */
export type Severity = 'error' | 'warning' | 'note';

/** Kind of environment that a stack belongs to. */
export type Profile = 'dev' | 'staging' | 'prod';

/**
 * Resources for the examples of a rule: arguments of one resource of the first type of the rule, or a configuration
 * in the form of Terraform JSON with `resource`, `data`, `provider` or `terraform`.
 */
export type Example = Readonly<Record<string, unknown>>;

/** Text, check and examples of a guardrail. */
export interface RuleDefinition {
  /** Id: three to eight capital letters and three digits, for example `GKE007`. It never changes. */
  readonly id: string;
  /** Violation, as a noun phrase: "Token creator role on a project". */
  readonly title: string;
  /** Effect of a finding. */
  readonly severity: Severity;
  /**
   * Profiles in which the rule applies.
   * @default - all profiles
   */
  readonly profiles?: readonly Profile[];
  /** Consequence for the user, as a sentence. */
  readonly why: string;
  /** Remedy, as a sentence. */
  readonly fix: string;
  /**
   * Controls of standards that the rule serves, for example `CIS GKE 5.2.1` or `SOC 2 CC6.1`.
   * @default - no control
   */
  readonly controls?: readonly string[];
  /**
   * Names of `acknowledge` props of this library that answer the rule: the recorded acknowledgement of the resource
   * counts.
   * @default - no prop answers the rule
   */
  readonly answeredBy?: readonly string[];
  /** Evaluates one resource. Several verdicts are several findings; no verdict means that the rule does not apply. */
  readonly check: (resource: Subject) => Verdict | readonly Verdict[];
  /** Examples without a finding of the rule, at least one. */
  readonly passes: readonly Example[];
  /** Examples with a finding of the rule, at least one. */
  readonly fails: readonly Example[];
  /**
   * Examples in which the outcome depends on an unknown value.
   * @default - no such example
   */
  readonly unknowns?: readonly Example[];
}

/** A guardrail. */
export interface Rule extends RuleDefinition {
  /**
   * Resource types that the rule evaluates; `data.TYPE` for data sources and `provider.NAME` for providers. `*` is any
   * text: `google_*_iam_member`.
   */
  readonly types: readonly string[];
}

const ID = /^[A-Z][A-Z0-9]{1,7}[0-9]{3}$/;

/**
 * Makes a guardrail.
 *
 * @param types resource types that the rule evaluates, for example `google_project_iam_member`; `data.TYPE` for data
 * sources, `provider.NAME` for provider configurations; `*` is any text
 * @param definition text, check and examples
 * @throws Error if the id has another form, or if an example is missing
 */
export function rule(types: string | readonly string[], definition: RuleDefinition): Rule {
  const { id, passes, fails } = definition;
  if (!ID.test(id)) throw new Error(`id must be capital letters and three digits (got "${id}").`);
  if (passes.length === 0 || fails.length === 0) {
    throw new Error(`${id} must have an example that passes and one that fails.`);
  }
  return { ...definition, types: typeof types === 'string' ? [types] : types };
}
