import { SchedulerSchedule } from '@cdktf/provider-aws/lib/scheduler-schedule';
import { SchedulerScheduleGroup } from '@cdktf/provider-aws/lib/scheduler-schedule-group';
import { Construct } from 'constructs';
import { withName } from '../../core/names';
import type { WithInherited } from '../../core/inherited';
import { descriptionOf } from '../../core/justification';
import {
  boolean,
  integer,
  knownAtSynth,
  matching,
  optional,
  rule,
  type Report,
  type Shape,
} from '../../core/rules';
import { validate } from '../../core/validation';
import { arnOf } from '../../aws/names';
import { CallerRole } from './caller-role';
import { ExecutionStarter } from './execution-starter';
import { TriggerDeadLetterQueue } from './trigger-dead-letter-queue';
import { isTime, scheduleProblem } from './schedule-expression';
import type { DeliveryRetry, TriggerProps } from './trigger-props';
import { deliveryRetry, checkTrigger, retryPolicyOf, triggerRules } from './trigger-rules';

/** Props of a `ScheduleTrigger`. */
export interface ScheduleTriggerProps extends TriggerProps {
  /** Schedule: `cron(0 3 * * ? *)`, `rate(6 hours)`, or once `at(2027-01-01T03:00:00)`. */
  readonly expression: string;
  /**
   * Time zone of the expression, for example `Europe/Berlin`. Scheduler skips times in the hour that daylight saving
   * time skips, and runs times in the repeated hour once.
   * @default UTC
   */
  readonly timeZone?: string;
  /**
   * Flexible time window in minutes: 1 to 1,440. It spreads schedules that start on the hour.
   * @default - the start is within one minute
   */
  readonly flexibleWindowMinutes?: number;
  /**
   * First time of the schedule, in UTC: `2027-01-01T00:00:00Z`.
   * @default - no first time
   */
  readonly startDate?: string;
  /**
   * Last time of the schedule, in UTC: `2027-12-31T00:00:00Z`.
   * @default - no last time
   */
  readonly endDate?: string;
  /**
   * Whether the trigger is enabled.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * Name of an existing schedule group. Every schedule of the group can use the role of this schedule.
   * @default - a separate group
   */
  readonly groupName?: string;
  /**
   * Retries of Scheduler.
   * @default - 185 retries within one hour
   */
  readonly retry?: DeliveryRetry;
}

function isTimeZone(name: unknown): boolean {
  try {
    return typeof name === 'string' && new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Object;
  } catch {
    return false;
  }
}

const utc = knownAtSynth(
  rule(
    'be a UTC time, for example 2027-01-31T03:00:00Z',
    (value) => typeof value === 'string' && value.endsWith('Z') && isTime(value.slice(0, -1)),
  ),
);

const rules: Shape<ScheduleTriggerProps> = {
  ...triggerRules,
  expression: knownAtSynth(
    rule(
      'be "cron(MINUTES HOURS DAY MONTH WEEKDAY YEAR)" with "?" as one of the days, "rate(NUMBER minutes|hours|days)", or "at(2027-01-31T03:00:00)"',
      (value) => typeof value === 'string' && scheduleProblem(value) === undefined,
      (value) => (typeof value === 'string' ? scheduleProblem(value) : undefined),
    ),
  ),
  timeZone: optional(knownAtSynth(rule('be a time zone, for example "Europe/Berlin"', isTimeZone))),
  flexibleWindowMinutes: optional(knownAtSynth(integer(1, 1_440))),
  startDate: optional(utc),
  endDate: optional(utc),
  enabled: optional(boolean),
  groupName: optional(matching(/^[\w.-]{1,64}$/, 'have 1 to 64 letters, digits and "-_."')),
  retry: optional(deliveryRetry),
};

/**
 * Starts an orchestrator by a schedule of EventBridge Scheduler, once per planned time. The input has `schedule` (ARN)
 * and `time` (the planned time in UTC), unless `input` is set.
 */
export class ScheduleTrigger extends Construct {
  /** ARN of the role that starts the orchestrator: an entry of `starterRoleArns` of an `AwsAuditTrail`. */
  public readonly starterRoleArn: string;
  /** Name of the dead-letter queue: events that started no execution. */
  public readonly deadLetterQueueName: string;

  constructor(scope: Construct, id: string, given: ScheduleTriggerProps) {
    super(scope, id);
    const props = validate(this, withName(this, given, 50), rules, (values, report) => {
      checkTrigger(values, report);
      checkDates(values, report);
    });
    const { name, orchestrator, awsProvider } = props;
    const deadLetters = new TriggerDeadLetterQueue(this, 'dead-letters', props);
    const starter = new ExecutionStarter(this, 'starter', {
      trigger: props,
      deduplicationPaths: ['$.schedule', '$.time'],
      input: props.input,
      deadLetters,
    });
    this.starterRoleArn = starter.roleArn;
    this.deadLetterQueueName = deadLetters.name;
    const role = new CallerRole(this, 'caller', {
      trigger: props,
      service: 'scheduler.amazonaws.com',
      // The source of Scheduler is the group, not the schedule.
      // https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
      sourceArn: arnOf(orchestrator.account, 'scheduler', `schedule-group/${props.groupName ?? name}`),
      statements: [
        { sid: 'StartStarter', actions: ['states:StartExecution'], resources: [starter.stateMachineArn] },
        ...deadLetters.senderStatements(),
      ],
    });
    this.node.defaultChild = new SchedulerSchedule(this, 'schedule', {
      name,
      groupName:
        props.groupName ?? new SchedulerScheduleGroup(this, 'group', { name, provider: awsProvider }).name,
      description: descriptionOf(props),
      scheduleExpression: props.expression,
      scheduleExpressionTimezone: props.timeZone ?? 'UTC',
      startDate: props.startDate,
      endDate: props.endDate,
      state: (props.enabled ?? true) ? 'ENABLED' : 'DISABLED',
      flexibleTimeWindow:
        props.flexibleWindowMinutes === undefined
          ? { mode: 'OFF' }
          : { mode: 'FLEXIBLE', maximumWindowInMinutes: props.flexibleWindowMinutes },
      target: {
        arn: starter.stateMachineArn,
        roleArn: role.arn,
        // The planned time is the same in each attempt; the execution id of Scheduler is not.
        // https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
        input: JSON.stringify({
          schedule: '<aws.scheduler.schedule-arn>',
          time: '<aws.scheduler.scheduled-time>',
        }),
        retryPolicy: retryPolicyOf(props.retry),
        deadLetterConfig: { arn: deadLetters.arn },
      },
      dependsOn: [role.policy, starter.machine, deadLetters.queue],
      provider: awsProvider,
    });
  }
}

function checkDates(
  { startDate, endDate, expression }: WithInherited<ScheduleTriggerProps>,
  report: Report,
): void {
  if (startDate !== undefined && endDate !== undefined && startDate >= endDate) {
    const rule = `be after startDate (${startDate})`;
    report({ property: 'endDate', value: endDate, rule });
  }
  if (expression.startsWith('at(') && (startDate !== undefined || endDate !== undefined)) {
    const rule = 'be omitted for a schedule that runs once';
    report({ property: 'expression', value: expression, rule, fix: 'Omit startDate and endDate.' });
  }
}
