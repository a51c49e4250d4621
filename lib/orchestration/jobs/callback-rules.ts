import { integer, knownAtSynth, type Report, type Shape } from '../../core/rules';
import type { CallbackOptions, GkeJobStepProps } from './gke-job-step-props';

export const callbackRules: Shape<CallbackOptions> = { heartbeatSeconds: knownAtSynth(integer(10, 86_400)) };

/** What a report asks of the step. */
export function checkCallback(
  { heartbeatSeconds }: CallbackOptions,
  step: { readonly props: GkeJobStepProps; readonly timeoutSeconds: number },
  report: Report,
): void {
  const { target, awsRole, indexed } = step.props;
  if (heartbeatSeconds >= step.timeoutSeconds) {
    const rule = `the step is given up after ${step.timeoutSeconds} seconds, before a sign of life would be missed`;
    report({ property: 'heartbeatSeconds', value: heartbeatSeconds, rule });
  }
  if (awsRole === undefined) {
    const rule = 'the container reports to AWS as a role';
    report({ property: 'awsRole', value: awsRole, rule, fix: 'Give a GkeToAwsRole of its service account.' });
  }
  if (target.callbacks !== true) {
    const rule = `the target "${target.name}" hands over no task tokens`;
    report({ property: 'target', value: target.name, rule, fix: 'Give callbacks: true to the target.' });
  }
  if (indexed !== undefined) {
    const rule = 'of many pods none can tell the end of all';
    report({ property: 'indexed', value: indexed, rule, fix: 'Leave out waitForCallback.' });
  }
}
