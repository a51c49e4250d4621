import type { TerraformProvider } from 'cdktf';
import { justificationRules, type JustificationProps } from '../../core/justification';
import {
  exceeds,
  integer,
  knownAtSynth,
  list,
  matching,
  optional,
  provider,
  shape,
  type Report,
  type Rule,
  type Shape,
} from '../../core/rules';
import { actionArn, kmsKeyArn, retentionDays } from '../../aws/names';
import { path, template } from '../state-machine/paths';
import { orchestratorRule, type IStepFunctionsOrchestrator } from '../state-machine/orchestrator';

/** How long a service tries to hand an event over before it goes to the dead-letter queue. */
export interface DeliveryRetry {
  /**
   * Tries after the first: 0 to 185.
   * @default 185
   */
  readonly attempts?: number;
  /**
   * Age in seconds at which an event is given up: 60 to 86,400.
   * @default 3600 (an hour)
   */
  readonly ageSeconds?: number;
}

/** What every trigger is told. */
export interface TriggerProps extends JustificationProps {
  /**
   * Name: 1 to 50 letters, digits, `-` and `_`. What the trigger makes on AWS is named after it.
   * @default - the path of the construct, with hyphens; a change of the path renames the resources
   */
  readonly name?: string;
  /** What is started. Its alias is, never the state machine itself. It is of the kind `STANDARD`. */
  readonly orchestrator: IStepFunctionsOrchestrator;
  /**
   * Input of the execution: keys that end in `.$` hold paths into the event, or intrinsic functions of the States
   * Language. An event that lacks a field that is named here goes to the dead-letter queue.
   * @default - see the trigger
   */
  readonly input?: Readonly<Record<string, unknown>>;
  /**
   * Days that its logs are kept: one of the values that CloudWatch Logs takes.
   * @default 365
   */
  readonly logRetentionDays?: number;
  /**
   * ARN of the KMS key of its logs and of its dead-letter queue. The policy of the key lets CloudWatch Logs and the
   * service that sends use it.
   * @default - encrypted with keys of AWS
   */
  readonly kmsKeyArn?: string;
  /**
   * What its alarms call: ARNs of SNS topics, for example.
   * @default - the alarms are only seen
   */
  readonly alarmActions?: readonly string[];
  /**
   * AWS provider of what it makes on AWS.
   * @default - the default provider of the stack
   */
  readonly awsProvider?: TerraformProvider;
}

export const deliveryRetry: Rule = shape<DeliveryRetry>({
  attempts: optional(knownAtSynth(integer(0, 185))),
  ageSeconds: optional(knownAtSynth(integer(60, 86_400))),
});

/** Fields of an event that tell it from others. */
export const deduplicationPaths: Rule = list(path, { min: 1, max: 10 });

export const triggerRules: Shape<TriggerProps> = {
  ...justificationRules,
  name: knownAtSynth(matching(/^[A-Za-z0-9_-]{1,50}$/, 'have 1 to 50 letters, digits, "-" and "_"')),
  orchestrator: orchestratorRule,
  input: optional(template),
  logRetentionDays: optional(retentionDays),
  kmsKeyArn: optional(kmsKeyArn),
  alarmActions: optional(list(actionArn)),
  awsProvider: optional(provider('aws')),
};

// Input of an execution. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
const LARGEST_INPUT = 262_144;

/** Rules between the props that all triggers share. */
export function checkTrigger({ name, orchestrator, input }: TriggerProps, report: Report): void {
  if (name === orchestrator?.name) {
    const rule =
      'differ from the name of the orchestrator, because the trigger creates a state machine with this name';
    report({
      property: 'name',
      value: name,
      rule,
      fix: 'Choose another name, for example the name of the event source.',
    });
  }
  if (orchestrator?.type === 'EXPRESS') {
    report({
      property: 'orchestrator',
      value: orchestrator.name,
      rule: 'be omitted for an Express state machine, whose executions have no unique names',
      fix: 'Use a STANDARD state machine.',
    });
  }
  if (input !== undefined && exceeds(Buffer.byteLength(JSON.stringify(input)), LARGEST_INPUT)) {
    const rule = `have at most ${LARGEST_INPUT} bytes`;
    report({ property: 'input', value: `${JSON.stringify(input).length} characters`, rule });
  }
}

/** The retries with their defaults. */
export function retryPolicyOf({ attempts = 185, ageSeconds = 3_600 }: DeliveryRetry = {}) {
  return { maximumRetryAttempts: attempts, maximumEventAgeInSeconds: ageSeconds };
}
