import { checkRegionalArns } from '../../aws/regional-arns';
import {
  aliasMetric,
  type CloudWatchMetric,
  type FunctionMetric,
  type MetricOptions,
} from '../../aws/metric';
import { Construct, type IConstruct } from 'constructs';
import { withName } from '../../core/names';
import type { WithInherited } from '../../core/inherited';
import type { AwaitedResource } from '../../core/ordering';
import {
  all,
  exceeds,
  integer,
  knownAtSynth,
  matching,
  optional,
  record,
  rule,
  shape,
  type Report,
  type Rule,
  type Shape,
} from '../../core/rules';
import { validate } from '../../core/validation';
import type { AwsAccount } from '../../aws/account';
import type { LibraryFunction } from '../../aws/library-function';
import type { IInvocableFunction } from '../targets/target';
import type { MetricReading } from '../../contracts/gates';
import type { State } from '../state-machine/asl/states';
import type { StepRequirements } from '../state-machine/step';
import type { DecisionContext, IDecisionSource } from '../state-machine/steps/decision-step';
import { gateFunction, gateRules, gateTask, GATE_SECONDS, type GateProps } from './gate-function';

/** Props of a `MetricGate`. */
export interface MetricGateProps extends GateProps {
  /** Metric that the gate reads; its newest value decides. `orchestrator.metric(…)` returns one. */
  readonly metric: CloudWatchMetric;
  /**
   * How old the value may be, in seconds: from the period of the metric to 604,800. Without one in that time the
   * gate is closed.
   * @default - three periods
   */
  readonly windowSeconds?: number;
}

const dimensions: Rule = all(
  record(
    matching(
      /^(?!:)[\x21-\x7e][\x20-\x7e]{0,254}$/,
      'be the name of a dimension: 1 to 255 printable characters',
    ),
    matching(/^[\x20-\x7e]{1,1024}$/, 'be the value of a dimension: 1 to 1,024 printable characters'),
  ),
  rule('have at most 30 dimensions', (value) => Object.keys(value as object).length <= 30),
);

const rules: Shape<MetricGateProps> = {
  ...gateRules,
  metric: knownAtSynth(
    shape<CloudWatchMetric>({
      namespace: matching(/^[^:\s][\w./#:-]{0,254}$/, 'have 1 to 255 letters, digits and "./#:_-"'),
      metricName: matching(/^[\x20-\x7e]{1,255}$/, 'have 1 to 255 printable characters'),
      dimensions: optional(dimensions),
      statistic: matching(
        /^(Average|Sum|Minimum|Maximum|SampleCount|(p|tm|tc|ts|wm)\d{1,2}(\.\d{1,10})?|IQM)$/,
        'be Average, Sum, Minimum, Maximum, SampleCount or a percentile, for example "p99"',
      ),
      period: optional(
        knownAtSynth(
          rule(
            'be a multiple of 60, from 60 to 86,400',
            (value) => Number.isInteger(value) && (value as number) % 60 === 0 && isPeriod(value as number),
          ),
        ),
      ),
    }),
  ),
  windowSeconds: optional(knownAtSynth(integer(60, 604_800))),
};

const isPeriod = (seconds: number) => seconds >= 60 && seconds <= 86_400;

/**
 * Reads a metric of CloudWatch for a `DecisionStep`: its newest value. No data, an error and a time-out leave the
 * gate closed.
 *
 * `new DecisionStep('Queue short?', { source: gate, condition: StepCondition.lessThan('$.decision.value', 100), closed })`
 */
export class MetricGate extends Construct implements IDecisionSource, IInvocableFunction {
  /** Name of the resource. Known at synth. */
  public readonly name: string;
  /** AWS account and region of the function. */
  public readonly account: AwsAccount;
  /** ARN of the alias that state machines invoke. */
  public readonly functionArn: string;
  private readonly called: LibraryFunction;

  constructor(scope: Construct, id: string, given: MetricGateProps) {
    super(scope, id);
    const props = validate(this, withName(this, given, 40), rules, checkWindow);
    this.name = props.name;
    this.account = props.account;
    this.called = gateFunction(this, props, readingOf(props), [
      // CloudWatch knows no resources for reading.
      { sid: 'ReadMetrics', actions: ['cloudwatch:GetMetricData'], resources: ['*'] },
    ]);
    this.node.defaultChild = this.called.node.defaultChild;
    this.functionArn = this.called.aliasArn;
  }

  /** Functions, permissions and durations that the state machine must provide. */
  public get requirements(): StepRequirements {
    return { maxSeconds: GATE_SECONDS, functions: [this] };
  }

  /** Fields of the Task state that reads the value, without its transitions. */
  public task(context: DecisionContext): State {
    return gateTask(this, context);
  }

  /** Returns a metric of the function as plain data, for an alarm, a dashboard or a `MetricGate`. */
  public metric(name: FunctionMetric, options?: MetricOptions): CloudWatchMetric {
    return aliasMetric(this.functionArn, name, options);
  }

  /** Resources that a consumer in the stack of `scope` must wait for. */
  public dependenciesIn(scope: IConstruct): AwaitedResource[] {
    return this.called.dependenciesIn(scope);
  }
}

function readingOf({ name, metric, windowSeconds }: WithInherited<MetricGateProps>): MetricReading {
  const { namespace, metricName, dimensions, statistic, period = 300 } = metric;
  return {
    kind: 'metric',
    name,
    namespace,
    metricName,
    dimensions: { ...dimensions },
    statistic,
    periodSeconds: period,
    windowSeconds: windowSeconds ?? 3 * period,
  };
}

function checkWindow(props: WithInherited<MetricGateProps>, report: Report): void {
  const { metric, windowSeconds } = props;
  checkRegionalArns(props, report);
  const { period = 300 } = metric;
  if (!exceeds(period, windowSeconds)) return;
  const rule = `be at least metric.period (${period}), so that it contains a value`;
  report({ property: 'windowSeconds', value: windowSeconds, rule, fix: `Set ${period} or more.` });
}
