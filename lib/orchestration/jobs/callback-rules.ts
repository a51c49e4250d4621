import { integer, knownAtSynth, type Report, type Shape } from '../../core/rules';
import type { CallbackOptions, GkeJobStepProps } from './gke-job-step-props';

export const callbackRules: Shape<CallbackOptions> = { heartbeatSeconds: knownAtSynth(integer(10, 86_400)) };

/** Cross-property validation of a step with a callback. */
export function checkCallback(
  { heartbeatSeconds }: CallbackOptions,
  step: { readonly props: GkeJobStepProps; readonly timeoutSeconds: number },
  report: Report,
): void {
  const { target, awsRole, indexed } = step.props;
  if (heartbeatSeconds >= step.timeoutSeconds) {
    const rule = `be less than the time-out of the step (${step.timeoutSeconds} seconds)`;
    report({ property: 'heartbeatSeconds', value: heartbeatSeconds, rule });
  }
  if (awsRole === undefined) {
    const rule = 'be set for a callback, because the container reports to AWS as a role';
    report({
      property: 'awsRole',
      value: awsRole,
      rule,
      fix: 'Set it to a GkeToAwsRole of the service account of the pods.',
    });
  }
  if (target.callbacks !== true) {
    const rule = `have a target that delivers task tokens; "${target.name}" does not`;
    report({ property: 'target', value: target.name, rule, fix: 'Set callbacks: true on the target.' });
  }
  if (indexed !== undefined) {
    const rule = 'be omitted for an indexed Job, because one pod cannot report the end of all';
    report({ property: 'indexed', value: indexed, rule, fix: 'Omit waitForCallback.' });
  }
}
