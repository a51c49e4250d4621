import { integer, knownAtSynth, singleLine, optional, record, rule, type Shape } from '../../../core/rules';
import { fieldsRead } from '../fields-read';
import { path, referencePath } from '../paths';
import { requiredFields } from './required-fields';
import type { States } from '../asl/states';
import { FallibleStep } from '../fallible-step';
import type { RenderContext, StepRequirements } from '../step';
import { checkStep } from '../step-validation';

/** Error of a denied approval, or of an approval without an answer in time. */
export const APPROVAL_DENIED = 'ApprovalDenied';

/** Error of an approval that cannot be requested: the input has no value for a path in `details`. */
export const APPROVAL_BAD_REQUEST = 'ApprovalBadRequest';

/** Props of an `ApprovalStep`. */
export interface ApprovalStepProps {
  /** ARN of the SNS topic of the request. Each subscriber can answer, so subscribe approvers only. */
  readonly topicArn: string;
  /** Question in one line of at most 200 bytes. */
  readonly question: string;
  /**
   * Paths into the input by name. The message shows each value after its name.
   * @default - no details
   */
  readonly details?: Readonly<Record<string, string>>;
  /** Seconds to answer: 60 to 2,592,000 (30 days). No answer is a denial. */
  readonly timeoutSeconds: number;
  /**
   * Reference path of `{ approved, by, at }` in the input.
   * @default $.approval
   */
  readonly resultPath?: string;
}

const rules: Shape<ApprovalStepProps> = {
  topicArn: rule(
    'be the ARN of an SNS topic, arn:aws:sns:REGION:ACCOUNT:NAME',
    (value) => typeof value === 'string' && /^arn:aws[\w-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/.test(value),
  ),
  question: knownAtSynth(singleLine(200)),
  details: optional(record(knownAtSynth(singleLine(100)), path)),
  timeoutSeconds: knownAtSynth(integer(60, 2_592_000)),
  resultPath: optional(referencePath),
};

/**
 * Requests an approval and waits. The approver answers with the AWS CLI and needs `SendTaskSuccess` on the state machine.
 * CloudTrail records the approver. Every answer without an approval is a denial, which fails with `ApprovalDenied`.
 */
export class ApprovalStep extends FallibleStep {
  constructor(
    name: string,
    private readonly props: ApprovalStepProps,
  ) {
    super(name);
    checkStep(this, props, rules);
  }

  /** Functions, permissions and durations that the state machine must provide. */
  public override requirements(): StepRequirements {
    return {
      maxSeconds: this.props.timeoutSeconds,
      statements: [{ actions: ['sns:Publish'], resources: [this.props.topicArn] }],
      standardOnlyReason: 'an Express state machine does not wait for an answer',
    };
  }

  /** Renders the states; the first has the name of the step. */
  public render(context: RenderContext): States {
    const { name } = this;
    const { topicArn, timeoutSeconds, resultPath } = this.props;
    const at = (part: string) => `${name}: ${part}`;
    const deny = (Cause: string) => ({ Type: 'Fail', Error: APPROVAL_DENIED, Cause });
    const fields = fieldsRead({ 'message.$': this.message() });
    const inside: States = {
      ...requiredFields({
        name: at('validate input'),
        fields,
        next: at('request approval'),
        missing: {
          name: at('input incomplete'),
          error: APPROVAL_BAD_REQUEST,
          subject: 'The input of the step',
        },
      }),
      [at('request approval')]: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sns:publish.waitForTaskToken',
        Parameters: {
          TopicArn: topicArn,
          Subject: `Approval: ${name}`.slice(0, 100),
          'Message.$': this.message(),
        },
        TimeoutSeconds: timeoutSeconds,
        Catch: [{ ErrorEquals: ['States.Timeout'], ResultPath: null, Next: at('timed out') }],
        Next: at('approved?'),
      },
      // Every other answer is a denial.
      [at('approved?')]: {
        Type: 'Choice',
        Choices: [
          {
            And: [
              { Variable: '$.approved', IsPresent: true },
              { Variable: '$.approved', BooleanEquals: true },
              { Variable: '$.by', IsPresent: true },
              { Variable: '$.by', IsString: true },
              { Not: { Variable: '$.by', StringEquals: '' } },
            ],
            Next: at('approved'),
          },
        ],
        Default: at('denied'),
      },
      [at('approved')]: {
        Type: 'Pass',
        Parameters: { approved: true, 'by.$': '$.by', 'at.$': '$$.State.EnteredTime' },
        End: true,
      },
      [at('denied')]: deny('The answer must have approved: true and a name in by.'),
      [at('timed out')]: deny(`No answer arrived within ${timeoutSeconds} seconds.`),
    };
    return {
      [name]: {
        Type: 'Parallel',
        Branches: [
          { StartAt: at(fields.length > 0 ? 'validate input' : 'request approval'), States: inside },
        ],
        ResultSelector: { 'approved.$': '$[0].approved', 'by.$': '$[0].by', 'at.$': '$[0].at' },
        ResultPath: resultPath ?? '$.approval',
        Catch: this.catchers(),
        ...this.transition(context),
      },
    };
  }

  /** States.Format knows `{}` and a backslash before what is meant literally. */
  private message(): string {
    const { question, details = {}, timeoutSeconds } = this.props;
    const literal = (text: string) => text.replaceAll('\\', '\\\\').replace(/['{}]/g, (sign) => `\\${sign}`);
    const answer = (command: string, rest: string) =>
      `aws stepfunctions ${command} --task-token {} ${literal(rest)}`;
    const lines = [
      literal(question),
      ...Object.keys(details).map((detail) => `${literal(detail)}: {}`),
      'Execution: {}',
      `To approve, within ${timeoutSeconds} seconds:`,
      answer('send-task-success', `--task-output '{"approved":true,"by":"YOUR NAME"}'`),
      'To deny:',
      answer('send-task-failure', `--error ${APPROVAL_DENIED} --cause 'YOUR NAME: WHY'`),
    ];
    const token = '$$.Task.Token';
    const values = [...Object.values(details), '$$.Execution.Id', token, token];
    return `States.Format('${lines.join('\n')}', ${values.join(', ')})`;
  }
}
