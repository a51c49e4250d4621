import { Token } from 'cdktf';
import {
  functionMetric,
  queueLengthMetric,
  type CloudWatchMetric,
  type FunctionMetric,
} from '../../../aws/metric';
import { consoleUrlOf } from '../../../aws/account';
import type { ExecutionMetric } from '../execution-metrics';
import type { IStepFunctionsOrchestrator } from '../orchestrator';

interface Line {
  readonly metric: CloudWatchMetric;
  readonly label: string;
}

interface Chart {
  readonly title: string;
  readonly lines: readonly Line[];
}

/** Widgets of a dashboard: a guide in text, and two charts to a row on the grid of 24 columns. */
export function dashboardWidgets(
  orchestrator: IStepFunctionsOrchestrator,
  queueNames: readonly string[],
): object[] {
  const functions = functionNames(orchestrator);
  const charts = [
    ...executionCharts(orchestrator),
    ...(functions.length > 0 ? functionCharts(functions) : []),
    ...(queueNames.length > 0 ? [queueChart(queueNames)] : []),
  ];
  const guide = { markdown: guideOf(orchestrator, functions) };
  return [
    { type: 'text', x: 0, y: 0, width: 24, height: 5, properties: guide },
    ...charts.map((chart, index) => ({
      ...widget(chart, orchestrator.account.region),
      x: 12 * (index % 2),
      y: 5 + 6 * Math.floor(index / 2),
      width: 12,
      height: 6,
    })),
  ];
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
function widget({ title, lines }: Chart, region: string): object {
  const metrics = lines.map(({ metric: { namespace, metricName, dimensions, statistic }, label }) => [
    namespace,
    metricName,
    ...Object.entries(dimensions ?? {}).flat(),
    { label, stat: statistic },
  ]);
  return { type: 'metric', properties: { title, region, period: 300, view: 'timeSeries', metrics } };
}

function executionCharts(orchestrator: IStepFunctionsOrchestrator): Chart[] {
  const count = (name: ExecutionMetric, label: string) => ({ metric: orchestrator.metric(name), label });
  const duration = (statistic: string, label: string) => ({
    metric: orchestrator.metric('ExecutionTime', { statistic }),
    label,
  });
  return [
    {
      title: 'Executions',
      lines: [
        count('ExecutionsStarted', 'started'),
        count('ExecutionsSucceeded', 'succeeded'),
        count('ExecutionsFailed', 'failed'),
        count('ExecutionsTimedOut', 'timed out'),
        count('ExecutionsAborted', 'aborted'),
        count('ExecutionThrottled', 'throttled'),
      ],
    },
    {
      title: 'Duration of executions (ms)',
      lines: [duration('p50', 'p50'), duration('p95', 'p95'), duration('Maximum', 'longest')],
    },
  ];
}

function functionCharts(names: readonly string[]): Chart[] {
  const lines = (name: FunctionMetric) =>
    names.map((each) => ({ metric: functionMetric(each, name), label: `${name} ${each}` }));
  const durations = lines('Duration').map(({ metric, label }) => ({
    metric: { ...metric, statistic: 'p95' },
    label,
  }));
  return [
    {
      title: 'Invocations and errors of functions',
      lines: [...lines('Invocations'), ...lines('Errors'), ...lines('Throttles')],
    },
    { title: 'Duration of functions (ms, p95)', lines: durations },
  ];
}

function queueChart(names: readonly string[]): Chart {
  return {
    title: 'Messages in dead-letter queues',
    lines: names.map((name) => ({ metric: queueLengthMetric(name), label: name })),
  };
}

/** Names in the ARNs that are known at synth. A token has no parts. */
function functionNames({ functionArns }: IStepFunctionsOrchestrator): string[] {
  const names = functionArns
    .filter((arn) => !Token.isUnresolved(arn))
    .flatMap((arn) => arn.split(':').slice(6, 7));
  return [...new Set(names)].sort();
}

function guideOf(orchestrator: IStepFunctionsOrchestrator, functions: readonly string[]): string {
  const { name, account, stateMachineArn, logGroupName } = orchestrator;
  const console = consoleUrlOf(account);
  const executions =
    console === undefined
      ? `Executions of \`${stateMachineArn}\``
      : `[Executions](${console}/states/home?region=${account.region}#/statemachines/view/${stateMachineArn})`;
  const history = logGroupName === undefined ? '' : ` · history in the log group \`${logGroupName}\``;
  return [
    `# ${name}`,
    `${executions}${history}`,
    'To follow one execution, take the last part of its ARN. If it is a UUID, it is the **run id**. Otherwise, the run id is the first 32 digits of the SHA-256 of the ARN, and each line of the functions has it as `run`.',
    ...(functions.length === 0
      ? []
      : [
          `Logs Insights over ${functions.map((each) => `\`/aws/lambda/${each}\``).join(', ')}:`,
          '`fields @timestamp, action, step, job, phase, error | filter run = "RUN-ID" | sort @timestamp`',
          'In the cluster: `kubectl get jobs,pods -l cdktf-multicloud.dev/execution=RUN-ID`',
        ]),
  ].join('\n\n');
}
