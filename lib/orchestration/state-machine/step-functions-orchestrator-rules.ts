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
  provider,
  rule,
  shape,
  type Report,
  type Shape,
} from '../../core/rules';
import { problemsOf } from '../../core/validation';
import { awsAccount } from '../../aws/account';
import { policyStatement } from '../../aws/policy-statement';
import { actionArn, kmsKeyArn, retentionDays } from '../../aws/names';
import { StateMachineDefinition } from './state-machine-definition';
import { definitionProblems } from './state-machine-definition-rules';
import { executionStatements } from './execution-statements';
import { chainable } from './steps/parallel-step';
import type {
  OrchestratorAcknowledgements,
  StepFunctionsOrchestratorProps,
} from './step-functions-orchestrator-props';

/** Longest execution of an Express state machine. */
export const EXPRESS_SECONDS = 300;

export const orchestratorRules: Shape<StepFunctionsOrchestratorProps> = {
  ...justificationRules,
  name: knownAtSynth(
    matching(/^[A-Za-z0-9_-]{1,60}$/, 'a state machine is named by 1 to 60 letters, digits, "-" and "_"'),
  ),
  account: awsAccount,
  definition: knownAtSynth(
    rule(
      'it is a step, a chain of steps, or a Definition',
      (value) => value instanceof StateMachineDefinition || problemsOf(chainable, value, '').length === 0,
    ),
  ),
  type: optional(knownAtSynth(oneOf(['STANDARD', 'EXPRESS']))),
  timeoutSeconds: optional(knownAtSynth(integer(1, 31_536_000))),
  statements: optional(list(policyStatement)),
  logExecutionData: optional(boolean),
  logRetentionDays: optional(retentionDays),
  kmsKeyArn: optional(kmsKeyArn),
  alarmActions: optional(list(actionArn)),
  awsProvider: optional(provider('aws')),
  acknowledge: optional(shape<OrchestratorAcknowledgements>({ storedSecret: acknowledgement })),
};

/** What is wrong with a definition, and between it and the state machine that runs it. */
export function checkDefinition(
  { states, requirements: needs }: StateMachineDefinition,
  { name, type, timeoutSeconds, account, statements = [], acknowledge }: StepFunctionsOrchestratorProps,
  report: Report,
): void {
  definitionProblems(states, acknowledge?.storedSecret !== undefined).forEach(report);
  if (type === 'EXPRESS' && needs.standardOnlyReason !== undefined) {
    report({
      property: 'type',
      value: type,
      rule: `the step "${needs.standardOnlyReason.step}" asks for STANDARD: ${needs.standardOnlyReason.rule}`,
      fix: 'Leave type out.',
    });
  }
  if (type === 'EXPRESS' && needs.targets.length > 0 && needs.standardOnlyReason === undefined) {
    const rule = 'a Job may outlast the five minutes of an Express execution';
    report({ property: 'type', value: type, rule, fix: 'Leave type out.' });
  }
  if (type === 'EXPRESS' && exceeds(timeoutSeconds, EXPRESS_SECONDS)) {
    const rule = `an Express execution takes at most ${EXPRESS_SECONDS} seconds`;
    report({ property: 'timeoutSeconds', value: timeoutSeconds, rule });
  }
  const longest = needs.longestStepSeconds;
  if (longest && timeoutSeconds !== undefined && longest >= timeoutSeconds) {
    report({
      property: 'timeoutSeconds',
      value: timeoutSeconds,
      rule: `a step may take ${longest} seconds, and the execution would end before it`,
      fix: `Give more than ${longest}, or the step less.`,
    });
  }
  const sids = [...executionStatements(name, account, needs), ...statements].map(({ sid }) => sid);
  const twice = sids.find((sid, index) => sid !== undefined && sids.indexOf(sid) !== index);
  if (twice !== undefined) {
    const rule = 'a sid stands once in a policy, and another statement of the role has this one';
    report({ property: 'statements', value: twice, rule, fix: 'Name it otherwise, or leave it out.' });
  }
  for (const target of needs.functions) {
    if (target.account.id === account.id && target.account.region === account.region) continue;
    report({
      property: 'account',
      value: account,
      rule: `the function of "${target.name}" is in ${target.account.id}, ${target.account.region}`,
      fix: 'Put both in one account and region.',
    });
  }
}
