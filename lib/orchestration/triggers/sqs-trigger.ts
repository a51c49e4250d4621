import { PipesPipe } from '@cdktf/provider-aws/lib/pipes-pipe';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueueRedrivePolicy } from '@cdktf/provider-aws/lib/sqs-queue-redrive-policy';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { withName } from '../../core/names';
import { terraformJson } from '../../core/terraform-json';
import type { WithInherited } from '../../core/inherited';
import { serviceHostOf } from '../../aws/account';
import { LogGroup } from '../../aws/log-group';
import { descriptionOf } from '../../core/justification';
import {
  boolean,
  integer,
  knownAtSynth,
  list,
  matching,
  optional,
  shape,
  type Report,
  type Shape,
} from '../../core/rules';
import { validate } from '../../core/validation';
import type { AwsAccount } from '../../aws/account';
import { checkSameStack, reference } from '../../core/reference';
import type { AwsPolicyStatement } from '../../aws/policy-statement';
import { arnOf, kmsKeyArn } from '../../aws/names';
import type { DeadLetterQueue } from '../../aws/dead-letter-queue';
import { CallerRole } from './caller-role';
import { eventPattern } from './event-pattern';
import { ExecutionStarter, START_SECONDS } from './execution-starter';
import type { MessageBatch, QueueSource, SqsTriggerProps } from './sqs-trigger-props';
import { deduplicationPaths, checkTrigger, triggerRules } from './trigger-rules';
import { TriggerDeadLetterQueue } from './trigger-dead-letter-queue';

const QUEUE_ARN = /^arn:aws[\w-]*:sqs:([a-z0-9-]+):(\d{12}):([\w-]{1,80})$/;

// The starter hashes the message ids (36 characters each) as one JSON text, and States.Hash accepts 10,000 characters.
// https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
const LARGEST_BATCH = 250;

const rules: Shape<SqsTriggerProps> = {
  ...triggerRules,
  queue: optional(
    reference<QueueSource>({
      arn: matching(
        QUEUE_ARN,
        'be the ARN of a standard queue, arn:aws:sqs:REGION:ACCOUNT:NAME, not of a FIFO queue',
      ),
      url: optional(matching(/^https:\/\/\S+$/, 'be the URL of a queue, https://…')),
      kmsKeyArn: optional(kmsKeyArn),
      setsRedrivePolicy: optional(boolean),
    }),
  ),
  filters: optional(list(knownAtSynth(eventPattern), { min: 1, max: 5 })),
  batch: optional(
    shape<MessageBatch>({
      size: knownAtSynth(integer(2, LARGEST_BATCH)),
      windowSeconds: optional(knownAtSynth(integer(0, 300))),
    }),
  ),
  deduplicationPaths: optional(deduplicationPaths),
  maxReceiveCount: optional(knownAtSynth(integer(1, 1_000))),
  enabled: optional(boolean),
};

/**
 * Starts an orchestrator for each message of a queue, once per message. EventBridge Pipes deletes the message after the
 * start of the execution. The input has `messageId`, `body` (a string) and `attributes`, or `messages` for a batch,
 * unless `input` is set.
 */
export class SqsTrigger extends Construct {
  /** ARN of the queue. Known at synth. */
  public readonly queueArn: string;
  /** ARN of the role that starts the orchestrator: an entry of `starterRoleArns` of an `AwsAuditTrail`. */
  public readonly starterRoleArn: string;
  /** Name of the dead-letter queue: events that started no execution. */
  public readonly deadLetterQueueName: string;
  private readonly props: WithInherited<SqsTriggerProps>;

  constructor(scope: Construct, id: string, given: SqsTriggerProps) {
    super(scope, id);
    const props = validate(this, withName(this, given, 50), rules, (values, report) => {
      checkTrigger(values, report);
      checkQueue(values, report);
      checkSameStack(this, 'queue', values.queue, ['arn', 'url'], report);
    });
    this.props = props;
    const { name, orchestrator, batch } = props;
    const deadLetters = new TriggerDeadLetterQueue(this, 'dead-letters', props);
    this.queueArn = props.queue?.arn ?? arnOf(orchestrator.account, 'sqs', name);
    this.deadLetterQueueName = deadLetters.name;
    const source = this.addSource(deadLetters);
    const starter = new ExecutionStarter(this, 'starter', {
      trigger: props,
      deduplicationPaths: props.deduplicationPaths ?? (batch ? ['$[*].messageId'] : ['$.messageId']),
      input: props.input ?? (batch ? MESSAGES : MESSAGE),
      listed: batch === undefined,
    });
    this.starterRoleArn = starter.roleArn;
    const role = new CallerRole(this, 'caller', {
      trigger: props,
      service: 'pipes.amazonaws.com',
      sourceArn: arnOf(orchestrator.account, 'pipes', `pipe/${name}`),
      statements: this.callerStatements(starter),
    });
    this.addPipe(starter, role, source ? [source] : []);
  }

  private addSource(deadLetters: DeadLetterQueue): SqsQueue | undefined {
    const { name, queue, batch, orchestrator, kmsKeyArn, maxReceiveCount = 5, awsProvider } = this.props;
    const redrivePolicy = terraformJson({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount });
    if (queue === undefined) {
      return new SqsQueue(this, 'queue', {
        name,
        // A message stays invisible until its start has ended.
        visibilityTimeoutSeconds: START_SECONDS + 60 + (batch?.windowSeconds ?? 0),
        messageRetentionSeconds: 1_209_600,
        redrivePolicy,
        ...(kmsKeyArn === undefined ? { sqsManagedSseEnabled: true } : { kmsMasterKeyId: kmsKeyArn }),
        dependsOn: [deadLetters.queue],
        provider: awsProvider,
      });
    }
    if (queue.setsRedrivePolicy ?? true) {
      new SqsQueueRedrivePolicy(this, 'redrive-policy', {
        queueUrl: urlOf(queue, orchestrator.account),
        redrivePolicy,
        dependsOn: [deadLetters.queue],
        provider: awsProvider,
      });
    }
    return undefined;
  }

  private callerStatements(starter: ExecutionStarter): AwsPolicyStatement[] {
    const { queue } = this.props;
    const key = queue === undefined ? this.props.kmsKeyArn : queue.kmsKeyArn;
    return [
      {
        sid: 'ReceiveMessages',
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
        resources: [this.queueArn],
      },
      // A synchronous call, so that a message that started no execution stays in the queue.
      { sid: 'StartStarter', actions: ['states:StartSyncExecution'], resources: [starter.stateMachineArn] },
      ...(key === undefined ? [] : [{ sid: 'DecryptMessages', actions: ['kms:Decrypt'], resources: [key] }]),
    ];
  }

  private addPipe(starter: ExecutionStarter, role: CallerRole, source: SqsQueue[]): void {
    const { name, filters, batch, enabled, logRetentionDays, kmsKeyArn, awsProvider } = this.props;
    const log = new LogGroup(this, 'log', {
      name: `/aws/vendedlogs/pipes/${name}`,
      logRetentionDays,
      kmsKeyArn,
      awsProvider,
    });
    this.node.defaultChild = new PipesPipe(this, 'pipe', {
      name,
      description: descriptionOf(this.props),
      desiredState: (enabled ?? true) ? 'RUNNING' : 'STOPPED',
      roleArn: role.arn,
      source: this.queueArn,
      sourceParameters: {
        sqsQueueParameters: {
          batchSize: batch?.size ?? 1,
          maximumBatchingWindowInSeconds: batch?.windowSeconds ?? 0,
        },
        filterCriteria: filters && {
          filter: filters.map((each) => ({ pattern: terraformJson(each) })),
        },
      },
      target: starter.stateMachineArn,
      targetParameters: { stepFunctionStateMachineParameters: { invocationType: 'REQUEST_RESPONSE' } },
      logConfiguration: { level: 'ERROR', cloudwatchLogsLogDestination: { logGroupArn: log.arn } },
      dependsOn: [role.policy, starter.machine, ...source],
      provider: awsProvider,
    });
  }
}

const MESSAGE = {
  'messageId.$': '$.messageId',
  'body.$': '$.body',
  'attributes.$': '$.messageAttributes',
};
const MESSAGES = { 'messages.$': '$' };

// EventBridge Pipes collects larger batches only within a window.
const BATCH_WITHOUT_WINDOW = 10;

/** URL of a queue: the given one, or derived from an ARN that is known at synth. */
function urlOf({ arn, url }: QueueSource, account: AwsAccount): string {
  const [, region = account.region, id, name] = QUEUE_ARN.exec(arn) ?? [];
  return url ?? `https://${serviceHostOf({ ...account, region }, 'sqs')}/${id}/${name}`;
}

function checkQueue({ queue, batch, orchestrator }: WithInherited<SqsTriggerProps>, report: Report): void {
  if (batch !== undefined && batch.size > BATCH_WITHOUT_WINDOW && !((batch.windowSeconds ?? 0) >= 1)) {
    const rule = `be set for a batch of more than ${BATCH_WITHOUT_WINDOW} messages`;
    report({ property: 'batch.windowSeconds', value: batch.windowSeconds, rule });
  }
  if (queue === undefined) return;
  if (Token.isUnresolved(queue.arn)) {
    if (queue.url !== undefined || queue.setsRedrivePolicy === false) return;
    const rule = 'be set when queue.arn is a token and the trigger sets the redrive policy';
    report({ property: 'queue.url', value: undefined, rule, fix: 'Set url, or setsRedrivePolicy to false.' });
    return;
  }
  const [, region, id] = QUEUE_ARN.exec(queue.arn) ?? [];
  if (id === undefined || (id === orchestrator.account.id && region === orchestrator.account.region)) return;
  report({
    property: 'queue.arn',
    value: queue.arn,
    rule: `be in the account and region of the orchestrator (${orchestrator.account.id}, ${orchestrator.account.region})`,
    fix: 'Use a queue of that account and region.',
  });
}
