import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard';
import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import {
  knownAtSynth,
  list,
  constructLike,
  matching,
  optional,
  provider,
  type Shape,
} from '../../core/rules';
import { consoleUrlOf } from '../../aws/account';
import { validate } from '../../core/validation';
import type { StepFunctionsOrchestrator } from './step-functions-orchestrator';

/** Props of an `OrchestratorDashboard`. */
export interface OrchestratorDashboardProps {
  /** What is shown: its executions, and the functions of the targets that its steps name. */
  readonly orchestrator: StepFunctionsOrchestrator;
  /**
   * Name of the dashboard: 1 to 255 letters, digits, `-` and `_`.
   * @default - the name of the orchestrator
   */
  readonly name?: string;
  /**
   * Triggers whose dead-letter queues the dashboard shows.
   * @default - no triggers
   */
  readonly triggers?: readonly { readonly deadLetterQueueName: string }[];
  /**
   * Names of further dead-letter queues.
   * @default - the queues of the clean-up and of `triggers`
   */
  readonly deadLetterQueueNames?: readonly string[];
  /**
   * AWS provider of the dashboard.
   * @default - the default provider of the stack
   */
  readonly awsProvider?: TerraformProvider;
}

const rules: Shape<OrchestratorDashboardProps> = {
  orchestrator: constructLike('a StepFunctionsOrchestrator', {
    name: 'string',
    stateMachineArn: 'string',
    deadLetterQueueNames: 'object',
    definition: 'object',
  }),
  name: optional(knownAtSynth(matching(/^[\w-]{1,255}$/, 'have 1 to 255 letters, digits, "-" and "_"'))),
  triggers: optional(list(constructLike('a trigger', { deadLetterQueueName: 'string' }))),
  deadLetterQueueNames: optional(
    list(knownAtSynth(matching(/^[\w-]{1,80}(\.fifo)?$/, 'have 1 to 80 letters, digits, "-" and "_"'))),
  ),
  awsProvider: optional(provider('aws')),
};

type Metric = readonly (string | object)[];

/** A dashboard of CloudWatch for one orchestrator: how executions end, what they call, and what was left undone. */
export class OrchestratorDashboard extends Construct {
  /** Name of the dashboard. */
  public readonly name: string;
  private readonly orchestrator: StepFunctionsOrchestrator;

  constructor(scope: Construct, id: string, given: OrchestratorDashboardProps) {
    super(scope, id);
    const props = validate(this, given, rules);
    this.orchestrator = props.orchestrator;
    this.name = props.name ?? props.orchestrator.name;
    new CloudwatchDashboard(this, 'dashboard', {
      dashboardName: this.name,
      dashboardBody: JSON.stringify({
        widgets: this.widgets([
          ...(props.triggers ?? []).map(({ deadLetterQueueName }) => deadLetterQueueName),
          ...(props.deadLetterQueueNames ?? []),
        ]),
      }),
      provider: props.awsProvider,
    });
  }

  /** Two to a row, on a grid of 24. */
  private widgets(queues: readonly string[]): object[] {
    const functions = this.functionNames();
    const all = [...new Set([...this.orchestrator.deadLetterQueueNames, ...queues])];
    const charts = [
      this.chart('Executions', 'Sum', this.executions()),
      this.chart('Duration of executions (ms)', 'p95', [
        this.ofMachine('ExecutionTime', { label: 'p50', stat: 'p50' }),
        this.ofMachine('ExecutionTime', { label: 'p95' }),
        this.ofMachine('ExecutionTime', { label: 'longest', stat: 'Maximum' }),
      ]),
      ...(functions.length === 0
        ? []
        : [
            this.chart('Calls and errors of functions', 'Sum', [
              ...functions.map((name) => ofFunction('Invocations', name)),
              ...functions.map((name) => ofFunction('Errors', name)),
              ...functions.map((name) => ofFunction('Throttles', name)),
            ]),
            this.chart(
              'Duration of functions (ms)',
              'p95',
              functions.map((name) => ofFunction('Duration', name)),
            ),
          ]),
      ...(all.length === 0
        ? []
        : [
            this.chart(
              'Undelivered',
              'Maximum',
              all.map((name) => [
                'AWS/SQS',
                'ApproximateNumberOfMessagesVisible',
                'QueueName',
                name,
                { label: name },
              ]),
            ),
          ]),
    ];
    return [
      { type: 'text', x: 0, y: 0, width: 24, height: 5, properties: { markdown: this.guide(functions) } },
      ...charts.map((chart, index) => ({
        ...chart,
        x: 12 * (index % 2),
        y: 5 + 6 * Math.floor(index / 2),
        width: 12,
        height: 6,
      })),
    ];
  }

  private chart(title: string, stat: string, metrics: readonly Metric[]): object {
    const { region } = this.orchestrator.account;
    return { type: 'metric', properties: { title, region, stat, period: 300, view: 'timeSeries', metrics } };
  }

  /** https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html */
  private executions(): Metric[] {
    return [
      this.ofMachine('ExecutionsStarted', { label: 'started' }),
      this.ofMachine('ExecutionsSucceeded', { label: 'succeeded' }),
      this.ofMachine('ExecutionsFailed', { label: 'failed' }),
      this.ofMachine('ExecutionsTimedOut', { label: 'timed out' }),
      this.ofMachine('ExecutionsAborted', { label: 'aborted' }),
      this.ofMachine('ExecutionThrottled', { label: 'throttled' }),
    ];
  }

  private ofMachine(metric: string, options: object): Metric {
    return ['AWS/States', metric, 'StateMachineArn', this.orchestrator.stateMachineArn, options];
  }

  private functionNames(): string[] {
    const { functions, targets } = this.orchestrator.definition.requirements;
    const arns = [
      ...functions.map(({ functionArn }) => functionArn),
      ...targets.map(({ cleanupFunctionArn }) => cleanupFunctionArn),
    ];
    return [...new Set(arns.map((arn) => arn.split(':')[6]!))].sort();
  }

  private guide(functions: readonly string[]): string {
    const { name, account, stateMachineArn, logGroupName } = this.orchestrator;
    const console = consoleUrlOf(account);
    const executions =
      console === undefined
        ? `Executions of \`${stateMachineArn}\``
        : `[Executions](${console}/states/home?region=${account.region}#/statemachines/view/${stateMachineArn})`;
    return [
      `# ${name}`,
      `${executions} · history in the log group \`${logGroupName}\``,
      'To follow one execution, take the last part of its ARN. If it is a UUID it is the **run id**; if not, the run id is the first 32 digits of the SHA-256 of the ARN, and each line of the functions says it as `run`.',
      ...(functions.length === 0
        ? []
        : [
            `Logs Insights over ${functions.map((each) => `\`/aws/lambda/${each}\``).join(', ')}:`,
            '`fields @timestamp, action, step, job, phase, error | filter run = "RUN-ID" | sort @timestamp`',
            'In the cluster: `kubectl get jobs,pods -l cdktf-multicloud.dev/execution=RUN-ID`',
          ]),
    ].join('\n\n');
  }
}

function ofFunction(metric: string, name: string): Metric {
  return ['AWS/Lambda', metric, 'FunctionName', name, { label: `${metric} ${name}` }];
}
