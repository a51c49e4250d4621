import { checkRegionalArns } from '../../aws/regional-arns';
import { justificationRules } from '../../core/justification';
import {
  exceeds,
  integer,
  knownAtSynth,
  list,
  matching,
  optional,
  shape,
  type Report,
  type Rule,
  type Shape,
} from '../../core/rules';
import { orchestratorRule } from '../state-machine/orchestrator';
import { path, template } from '../state-machine/paths';
import type { DeliveryRetry, TriggerProps } from './trigger-props';
import { awsProviderRules, alarmRules, logRules } from '../../aws/options';

export const deliveryRetry: Rule = shape<DeliveryRetry>({
  attempts: optional(knownAtSynth(integer(0, 185))),
  ageSeconds: optional(knownAtSynth(integer(60, 86_400))),
});

/** JSONPaths that identify an event. */
export const deduplicationPaths: Rule = knownAtSynth(list(path, { min: 1, max: 10 }));

export const triggerRules: Shape<TriggerProps> = {
  ...justificationRules,
  name: knownAtSynth(matching(/^[A-Za-z0-9_-]{1,50}$/, 'have 1 to 50 letters, digits, "-" and "_"')),
  orchestrator: orchestratorRule,
  input: optional(template),
  ...logRules,
  ...alarmRules,
  ...awsProviderRules,
};

// Input of an execution. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
const LARGEST_INPUT = 262_144;

/** Cross-property validation of all triggers. */
export function checkTrigger(props: TriggerProps, report: Report): void {
  const { name, orchestrator, input } = props;
  checkRegionalArns({ ...props, account: orchestrator?.account }, report);
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

/** Retry policy of a target, with the defaults. */
export function retryPolicyOf({ attempts = 185, ageSeconds = 3_600 }: DeliveryRetry = {}) {
  return { maximumRetryAttempts: attempts, maximumEventAgeInSeconds: ageSeconds };
}
