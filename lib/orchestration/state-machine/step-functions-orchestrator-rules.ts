import { checkRegionalArns } from '../../aws/regional-arns';
import type { WithInherited } from '../../core/inherited';
import { acknowledgement, justificationRules } from '../../core/justification';
import {
  boolean,
  exceeds,
  integer,
  knownAtSynth,
  list,
  matching,
  oneOf,
  optional,
  rule,
  shape,
  type Report,
  type Shape,
} from '../../core/rules';
import { problemsOf } from '../../core/validation';
import { awsAccount } from '../../aws/account';
import { policyStatement } from '../../aws/policy-statement';
import { StateMachineDefinition } from './state-machine-definition';
import { MOST_EVENTS } from './history-events';
import { definitionProblems } from './state-machine-definition-rules';
import { checkExecutionTimeout } from './execution-timeout';
import { executionStatements } from './execution-statements';
import { chainable } from './chainable';
import type {
  OrchestratorAcknowledgements,
  StepFunctionsOrchestratorProps,
} from './step-functions-orchestrator-props';
import { awsProviderRules, alarmRules, logRules } from '../../aws/options';

export const orchestratorRules: Shape<StepFunctionsOrchestratorProps> = {
  ...justificationRules,
  name: knownAtSynth(matching(/^[A-Za-z0-9_-]{1,60}$/, 'have 1 to 60 letters, digits, "-" and "_"')),
  account: awsAccount,
  definition: knownAtSynth(
    rule(
      'be a step, a chain of steps, or a Definition',
      (value) => value instanceof StateMachineDefinition || problemsOf(chainable, value, '').length === 0,
    ),
  ),
  type: optional(knownAtSynth(oneOf(['STANDARD', 'EXPRESS']))),
  timeoutSeconds: optional(knownAtSynth(integer(1, 31_536_000))),
  statements: optional(list(policyStatement)),
  logExecutionData: optional(boolean),
  ...logRules,
  ...alarmRules,
  ...awsProviderRules,
  acknowledge: optional(
    shape<OrchestratorAcknowledgements>({
      storedSecret: acknowledgement,
      historyEvents: optional(acknowledgement),
      earlyTimeout: optional(acknowledgement),
    }),
  ),
};

/** Validates a definition, and the definition against the state machine. */
export function checkDefinition(
  { states, requirements: needs }: StateMachineDefinition,
  props: WithInherited<StepFunctionsOrchestratorProps>,
  report: Report,
): void {
  const { name, type, account, statements = [], acknowledge } = props;
  checkRegionalArns(props, report);
  definitionProblems(states, acknowledge?.storedSecret !== undefined).forEach(report);
  if (type === 'EXPRESS' && needs.standardOnlyReason !== undefined) {
    report({
      property: 'type',
      value: type,
      rule: `be "STANDARD", which the step "${needs.standardOnlyReason.step}" needs: ${needs.standardOnlyReason.rule}`,
      fix: 'Omit type.',
    });
  }
  if (type === 'EXPRESS' && needs.targets.length > 0 && needs.standardOnlyReason === undefined) {
    const rule = 'be "STANDARD", because a Job can outlast the five minutes of an Express execution';
    report({ property: 'type', value: type, rule, fix: 'Omit type.' });
  }
  checkExecutionTimeout(props, needs, report);
  const hasFewEvents = type === 'EXPRESS' || !exceeds(needs.mostEvents, MOST_EVENTS);
  if (!hasFewEvents && acknowledge?.historyEvents === undefined) {
    report({
      property: 'definition',
      value: `${needs.mostEvents} events`,
      rule: `have at most ${MOST_EVENTS} events on the longest path, because Step Functions ends an execution at 25000`,
      fix: 'Omit or raise poll.maxSeconds, reduce retries, or run steps in a DistributedMapStep, whose items have separate histories. Otherwise set acknowledge.historyEvents to the reason.',
    });
  }
  const sids = [...executionStatements(name, account, needs), ...statements].map(({ sid }) => sid);
  const twice = sids.find((sid, index) => sid !== undefined && sids.indexOf(sid) !== index);
  if (twice !== undefined) {
    const rule = 'be unique among the statements of the execution role';
    report({ property: 'statements', value: twice, rule, fix: 'Choose another sid, or omit it.' });
  }
  for (const target of needs.functions) {
    if (target.account.id === account.id && target.account.region === account.region) continue;
    report({
      property: 'account',
      value: account,
      rule: `be the account and region of the function of "${target.name}" (${target.account.id}, ${target.account.region})`,
      fix: 'Use one account and region for both.',
    });
  }
}
