import { exceeds, type Report } from '../../core/rules';
import type { DefinitionRequirements } from './state-machine-definition';
import type { StepFunctionsOrchestratorProps } from './step-functions-orchestrator-props';

/** Longest execution of an Express state machine. */
export const EXPRESS_SECONDS = 300;

const ONE_HOUR = 3_600;
const ONE_DAY = 86_400;

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const ONE_YEAR = 31_536_000;

type TimeoutProps = Pick<StepFunctionsOrchestratorProps, 'type' | 'timeoutSeconds' | 'acknowledge'>;

/** Time-out of an execution in seconds: of the props, of the text of the definition, or by the longest path. */
export function executionTimeoutOf(props: TimeoutProps, needs: DefinitionRequirements): number {
  const given = givenTimeout(props, needs);
  if (given !== undefined) return given;
  // A loop repeats steps, so the longest path alone can be too short.
  const longest = Math.max(needs.totalSeconds ?? 0, 2 * (needs.maxSeconds ?? 0));
  return Math.min(ONE_YEAR, Math.max(ONE_DAY, Math.ceil(longest) + ONE_HOUR));
}

/** Rejects an execution that times out before its steps do. */
export function checkExecutionTimeout(
  props: TimeoutProps,
  needs: DefinitionRequirements,
  report: Report,
): void {
  // Another check rejects such a step.
  if (props.type === 'EXPRESS' && needs.standardOnlyReason !== undefined) return;
  const timeout = givenTimeout(props, needs);
  if (props.type === 'EXPRESS' && exceeds(props.timeoutSeconds, EXPRESS_SECONDS)) {
    const rule = `not exceed ${EXPRESS_SECONDS} seconds in an Express state machine`;
    report({ property: 'timeoutSeconds', value: props.timeoutSeconds, rule });
  } else if (timeout === undefined) checkItems(needs, report);
  else checkPath(timeout, props, needs, report);
}

function givenTimeout({ type, timeoutSeconds }: TimeoutProps, needs: DefinitionRequirements) {
  return timeoutSeconds ?? needs.timeoutSeconds ?? (type === 'EXPRESS' ? EXPRESS_SECONDS : undefined);
}

/** A Distributed Map has no time-out in the States Language, and its items can take up to a year. */
function checkItems({ distributedMap }: DefinitionRequirements, report: Report): void {
  if (distributedMap === undefined) return;
  const { name, itemSeconds } = distributedMap;
  report({
    property: 'timeoutSeconds',
    value: undefined,
    rule: `be set because the Distributed Map "${name}" has an unknown number of items and no time-out`,
    fix:
      itemSeconds > 0 && Number.isFinite(itemSeconds)
        ? `Set the number of items, divided by the items at the same time, times ${Math.ceil(itemSeconds)} seconds, the longest duration of an item.`
        : 'Set the seconds that all items may take.',
  });
}

function checkPath(
  timeout: number,
  { type, acknowledge }: TimeoutProps,
  needs: DefinitionRequirements,
  report: Report,
): void {
  const { longestStepSeconds: longest = 0, leastSeconds = 0 } = needs;
  const property = 'timeoutSeconds';
  if (longest > 0 && longest >= timeout) {
    report({
      property,
      value: timeout,
      rule: `exceed ${longest} seconds, the longest time-out of a step`,
      fix: `Set ${longest + 1} or more, or a shorter time-out of the step.`,
    });
    return;
  }
  // All steps of an Express state machine share five minutes.
  if (type === 'EXPRESS' || leastSeconds <= timeout || acknowledge?.earlyTimeout !== undefined) return;
  const least = Math.ceil(leastSeconds);
  report({
    property,
    value: timeout,
    rule: `be at least ${least} seconds, the duration of the longest path with all retries`,
    fix: `Set ${least} or more, reduce time-outs or retries of the steps, or set acknowledge.earlyTimeout to the reason.`,
  });
}
