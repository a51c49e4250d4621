import { TerraformStack, type App } from 'cdktf';
import type { IConstruct } from 'constructs';
import { ValidationError } from '../core/errors';
import { oncePer } from '../core/registry';
import { all, day, matching, shape, singleLine } from '../core/rules';
import { problemsOf, refuse } from '../core/validation';
import { modelOfStacks } from '../model/model-of-stacks';
import { STACK_COMMENT, type Acknowledgement } from './acknowledgement';
import { plainReport } from './formats/plain-report';
import { openFindings, reportOf, type ReportOptions } from './report';
import type { Severity } from './rule';
import { isAtLeast } from './severity';

/** Options for the guardrails of an app or a stack. */
export interface EnforceOptions extends ReportOptions {
  /**
   * Least severity that stops the synthesis.
   * @default 'error'
   */
  readonly failOn?: Severity;
}

/** Acknowledgement of findings. */
export interface AcknowledgementProps {
  /** Reason for accepting the findings: one line of 10 to 300 bytes. */
  readonly reason: string;
  /** Team or person who accepts them: one line, at most 80 bytes. */
  readonly owner: string;
  /** Last day of the acknowledgement as YYYY-MM-DD. The rule fails again on the day after. */
  readonly until: string;
}

/** Guardrails of a construct tree: rules over all resources, and answers to their findings. */
export class Guardrails {
  /**
   * Applies guardrails to all resources below a scope when the app is synthesized. Open findings stop the synthesis
   * with one error that lists all of them.
   *
   * @param scope the app, for rules that join resources of several stacks, or one stack
   */
  public static enforce(scope: App | TerraformStack, options: EnforceOptions = {}): void {
    const { failOn = 'error', ...rest } = options;
    scope.node.addValidation({
      validate: () => {
        const report = reportOf(modelOfStacks(scope), rest);
        const findings = openFindings(report).filter(({ severity }) => isAtLeast(severity, failOn));
        return findings.length === 0 ? [] : [plainReport({ ...report, findings, acknowledgements: [] })];
      },
    });
  }

  /** The guardrails of a construct and of everything below it. */
  public static of(scope: IConstruct): Guardrails {
    return new Guardrails(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Accepts the findings of a rule for the resources below the construct, until a day. The acknowledgement is written
   * into the synthesized stack, so that every report lists it. An app covers the stacks that it has at this time.
   *
   * @param id id of a rule, `GKE007`, or of one finding of it, `AWS005[iam:PassRole]`
   * @throws ValidationError if the reason is shorter than ten characters, or if the owner or the day is missing
   */
  public acknowledge(id: string, props: AcknowledgementProps): this {
    const problems = problemsOf(acknowledgementRule, { ...(props as object), id }, '');
    if (problems.length > 0) throw new ValidationError(this.scope.node.path || 'App', problems);
    const { reason, owner, until } = props;
    const { path } = this.scope.node;
    const entry: Acknowledgement = { id, path, reason, owner, until };
    const around = this.scope.node.scopes.find((each) => TerraformStack.isStack(each));
    const stacks = [around, ...this.scope.node.findAll()].filter((each): each is TerraformStack =>
      TerraformStack.isStack(each),
    );
    if (stacks.length === 0) {
      refuse(this.scope, {
        property: 'scope',
        value: path,
        rule: 'be in a stack or have stacks',
        fix: 'Acknowledge after the stacks are made.',
      });
    }
    new Set(stacks).forEach((stack) => record(stack, entry));
    return this;
  }
}

function record(stack: TerraformStack, entry: Acknowledgement): void {
  const entries = oncePer(stack, 'acknowledgements', () => new Map<string, Acknowledgement>());
  entries.set(JSON.stringify([entry.path, entry.id]), entry);
  stack.addOverride(`//.${STACK_COMMENT}`, [...entries.values()]);
}

const acknowledgementRule = shape<AcknowledgementProps & { readonly id: string }>({
  id: matching(/^[A-Z][A-Z0-9]{1,7}[0-9]{3}(\[.{1,200}\])?$/, 'be the id of a rule, for example "GKE007"'),
  reason: all(singleLine(300), matching(/^.{10,}$/s, 'have at least 10 characters')),
  owner: singleLine(80),
  until: day,
});
