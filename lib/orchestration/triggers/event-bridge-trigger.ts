import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { Construct } from 'constructs';
import { withName } from '../../core/names';
import { terraformJson } from '../../core/terraform-json';
import { descriptionOf } from '../../core/justification';
import { boolean, knownAtSynth, matching, optional, type Shape } from '../../core/rules';
import { validate } from '../../core/validation';
import { arnOf } from '../../aws/names';
import { CallerRole } from './caller-role';
import { eventPattern } from './event-pattern';
import { ExecutionStarter } from './execution-starter';
import type { DeliveryRetry, TriggerProps } from './trigger-props';
import {
  deliveryRetry,
  deduplicationPaths,
  checkTrigger,
  retryPolicyOf,
  triggerRules,
} from './trigger-rules';
import { TriggerDeadLetterQueue } from './trigger-dead-letter-queue';

/** Props of an `EventBridgeTrigger`. */
export interface EventBridgeTriggerProps extends TriggerProps {
  /** Event pattern of EventBridge, for example `{ source: ['my.app'], 'detail-type': ['order placed'] }`. */
  readonly eventPattern: Readonly<Record<string, unknown>>;
  /**
   * Bus of the events, in the account and region of the orchestrator.
   * @default default
   */
  readonly eventBusName?: string;
  /**
   * JSONPaths that identify an event: events with equal values start one execution.
   * @default - ["$.id"], which EventBridge assigns to each event
   */
  readonly deduplicationPaths?: readonly string[];
  /**
   * Whether the trigger is enabled.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * Retries of EventBridge.
   * @default - 185 retries within one hour
   */
  readonly retry?: DeliveryRetry;
}

const rules: Shape<EventBridgeTriggerProps> = {
  ...triggerRules,
  eventPattern: knownAtSynth(eventPattern),
  eventBusName: optional(
    knownAtSynth(
      matching(
        /^(?!aws\.)[\w./-]{1,256}$/,
        'be the name of an event bus, with 1 to 256 letters, digits and "/.-_", that does not start with "aws."',
        (value) => (value.startsWith('arn:') ? `Use "${value.split('/').at(-1)}".` : undefined),
      ),
    ),
  ),
  deduplicationPaths: optional(deduplicationPaths),
  enabled: optional(boolean),
  retry: optional(deliveryRetry),
};

/**
 * Starts an orchestrator for each event of EventBridge that matches a pattern, once per event. The input of the
 * execution is the event, unless `input` is set.
 */
export class EventBridgeTrigger extends Construct {
  /** ARN of the role that starts the orchestrator: an entry of `starterRoleArns` of an `AwsAuditTrail`. */
  public readonly starterRoleArn: string;
  /** Name of the dead-letter queue: events that started no execution. */
  public readonly deadLetterQueueName: string;

  constructor(scope: Construct, id: string, given: EventBridgeTriggerProps) {
    super(scope, id);
    const props = validate(this, withName(this, given, 50), rules, checkTrigger);
    const { name, orchestrator, eventBusName = 'default', awsProvider } = props;
    const path = eventBusName === 'default' ? name : `${eventBusName}/${name}`;
    const ruleArn = arnOf(orchestrator.account, 'events', `rule/${path}`);
    const deadLetters = new TriggerDeadLetterQueue(this, 'dead-letters', props);
    deadLetters.allow('events.amazonaws.com', ruleArn);
    const starter = new ExecutionStarter(this, 'starter', {
      trigger: props,
      deduplicationPaths: props.deduplicationPaths ?? ['$.id'],
      input: props.input,
      deadLetters,
    });
    this.starterRoleArn = starter.roleArn;
    this.deadLetterQueueName = deadLetters.name;
    const role = new CallerRole(this, 'caller', {
      trigger: props,
      service: 'events.amazonaws.com',
      sourceArn: ruleArn,
      statements: [
        { sid: 'StartStarter', actions: ['states:StartExecution'], resources: [starter.stateMachineArn] },
      ],
    });
    const rule = new CloudwatchEventRule(this, 'rule', {
      name,
      eventBusName,
      description: descriptionOf(props),
      eventPattern: terraformJson(props.eventPattern),
      state: (props.enabled ?? true) ? 'ENABLED' : 'DISABLED',
      provider: awsProvider,
    });
    this.node.defaultChild = rule;
    new CloudwatchEventTarget(this, 'target', {
      rule: rule.name,
      eventBusName,
      targetId: 'starter',
      arn: starter.stateMachineArn,
      roleArn: role.arn,
      retryPolicy: retryPolicyOf(props.retry),
      deadLetterConfig: { arn: deadLetters.arn },
      dependsOn: [role.policy, starter.machine, deadLetters.queue],
      provider: awsProvider,
    });
  }
}
