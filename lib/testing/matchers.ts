import type { App, TerraformStack } from 'cdktf';
import { accessGraph } from '../access/access-graph';
import { violationsOf } from '../access/invariants/invariant';
import { plainReport } from '../guardrails/formats/plain-report';
import { openFindings, reportOf, type ReportOptions } from '../guardrails/report';
import { isAtLeast } from '../guardrails/severity';
import type { Severity } from '../guardrails/rule';
import { modelOfStacks } from '../model/model-of-stacks';

/** Result of a matcher, in the form of Jest and Vitest. */
export interface MatcherResult {
  /** Whether the expectation holds. */
  readonly pass: boolean;
  /** Text of a failure. */
  readonly message: () => string;
}

/** Options of `toHaveNoFindings`. */
export interface FindingOptions extends Pick<ReportOptions, 'profile' | 'rules' | 'today'> {
  /**
   * Least severity that counts.
   * @default 'error'
   */
  readonly severity?: Severity;
}

/** Access that `toAllow` asks for. */
export interface AllowedAccess {
  /** Name of the identity. */
  readonly identity: string;
  /**
   * AWS action, Google permission or role, or `VERB GROUP/RESOURCE` of Kubernetes.
   * @default - any permission
   */
  readonly permission?: string;
  /** Name of the resource. */
  readonly resource: string;
}

/**
 * Matchers for guardrails and access: `expect.extend(guardrailMatchers)` in Jest and in Vitest. The received value is an
 * app or a stack.
 */
export const guardrailMatchers = {
  /** Fails if a guardrail has an open finding. */
  toHaveNoFindings(
    received: unknown,
    { severity = 'error', ...options }: FindingOptions = {},
  ): MatcherResult {
    const report = reportOf(modelOfStacks(scopeOf(received)), options);
    const findings = openFindings(report).filter((finding) => isAtLeast(finding.severity, severity));
    return {
      pass: findings.length === 0,
      message: () =>
        findings.length === 0
          ? 'The guardrails must have a finding, and they have none.'
          : plainReport({ ...report, findings, acknowledgements: [] }),
    };
  },

  /** Fails if no open finding has this id, `GKE007` or `AWS005[iam:PassRole]`. */
  toHaveFinding(
    received: unknown,
    id: string,
    options: Omit<FindingOptions, 'severity'> = {},
  ): MatcherResult {
    const found = openFindings(reportOf(modelOfStacks(scopeOf(received)), options));
    const ids = [...new Set(found.flatMap((finding) => [finding.rule, finding.id]))].sort();
    const pass = ids.includes(id);
    return {
      pass,
      message: () =>
        pass
          ? `The guardrails must not have the finding ${id}, and they have it.`
          : `The guardrails must have the finding ${id} (got ${ids.join(', ') || 'no finding'}).`,
    };
  },

  /** Fails if the identity does not have the access. Access that is only possible counts. */
  toAllow(received: unknown, access: AllowedAccess): MatcherResult {
    const graph = accessGraph(modelOfStacks(scopeOf(received)));
    const violations = violationsOf(graph, { kind: 'never', ...access });
    const misspelt = violations.find(
      (each) => each.startsWith('Access.never: ') && each.includes('must be a node'),
    );
    if (misspelt !== undefined) throw new Error(misspelt.replace('Access.never: ', ''));
    const what = `${access.permission ?? 'access'} on ${access.resource}`;
    return {
      pass: violations.length > 0,
      message: () =>
        violations.length > 0
          ? violations.join('\n')
          : `${access.identity} must have ${what}, and no path leads to it.`,
    };
  },
};

function scopeOf(received: unknown): App | TerraformStack {
  const { node } = (received ?? {}) as { readonly node?: unknown };
  if (node !== undefined) return received as App | TerraformStack;
  throw new Error('The received value must be an app or a stack.');
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- Jest declares its matchers in this namespace
  namespace jest {
    interface Matchers<R> {
      /** Fails if a guardrail has an open finding. */
      toHaveNoFindings(options?: FindingOptions): R;
      /** Fails if no open finding has this id. */
      toHaveFinding(id: string, options?: Omit<FindingOptions, 'severity'>): R;
      /** Fails if the identity does not have the access. */
      toAllow(access: AllowedAccess): R;
    }
  }
}
