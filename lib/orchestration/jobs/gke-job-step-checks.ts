import { Token } from 'cdktf';
import { GKE_ERRORS } from '../../contracts/job-errors';
import { exceeds, type Report } from '../../core/rules';
import { isByDigest } from '../../kubernetes/image';
import { compareQuantities } from '../../kubernetes/quantity';
import { checkTolerations } from '../../kubernetes/toleration';
import { isNonRetryable } from '../state-machine/asl/non-retryable';
import { checkPollWithin, scheduleOf } from '../state-machine/poll-schedule';
import { checkOverlappingJobs } from '../state-machine/steps/ambiguous-outcome';
import type { GkeJobStepProps } from './gke-job-step-props';
import { imagePattern } from './image-patterns';
import { isEscalation } from './retry';
import { jobTimesOf } from './job-times';

/** Cross-property validation of a step. */
export function gkeJobCrossChecks(props: GkeJobStepProps, report: Report): void {
  checkImage(props, report);
  checkTimes(props, report);
  checkRetries(props, report);
  checkOverlappingJobs(props, report);
  checkRole(props, report);
  checkTolerations(props.tolerations, report);
  if (props.args !== undefined && props.argsPath !== undefined) {
    const rule = 'be omitted when args is set';
    report({ property: 'argsPath', value: props.argsPath, rule, fix: 'Omit args.' });
  }
  if (props.indexed && exceeds(props.indexed.parallelism, props.indexed.completions)) {
    const rule = `not exceed indexed.completions (${props.indexed.completions})`;
    report({
      property: 'indexed.parallelism',
      value: props.indexed.parallelism,
      rule,
      fix: 'Set a smaller number.',
    });
  }
  if (props.target.queue === undefined && props.queue !== undefined) {
    const rule = `be omitted for the target "${props.target.name}", which has no queue`;
    report({ property: 'queue', value: props.queue, rule, fix: 'Set queue on the target.' });
  } else if (props.queue !== undefined && props.queue !== props.target.queue) {
    const rule = `be the queue of the target "${props.target.name}" (${props.target.queue})`;
    report({ property: 'queue', value: props.queue, rule, fix: 'Omit it.' });
  }
}

function checkImage({ image, target, acknowledge }: GkeJobStepProps, report: Report): void {
  if (Token.isUnresolved(image)) return;
  if (!target.images.some((pattern) => imagePattern(pattern).test(image))) {
    const rule = `match the images of the target "${target.name}": ${target.images.join(', ')}`;
    report({ property: 'image', value: image, rule, fix: 'Add it to the images of the target.' });
  }
  if (!isByDigest(image) && acknowledge?.imageByTag === undefined) {
    report({
      property: 'image',
      value: image,
      rule: 'be an image with a digest, because a tag can point to another image later',
      fix: 'Use REPOSITORY@sha256:…, or set acknowledge.imageByTag to the reason.',
    });
  }
}

function checkTimes(props: GkeJobStepProps, report: Report): void {
  const { deadlineSeconds, timeoutSeconds } = jobTimesOf(props);
  const { pendingSeconds, ttlSeconds } = props;
  if (exceeds(deadlineSeconds, timeoutSeconds)) {
    report({
      property: 'deadlineSeconds',
      value: deadlineSeconds,
      rule: `not exceed timeoutSeconds (${timeoutSeconds}) of the step, because the Job would continue after it`,
      fix: 'Set a shorter deadlineSeconds or a longer timeoutSeconds.',
    });
  }
  if (exceeds(pendingSeconds, timeoutSeconds)) {
    report({
      property: 'pendingSeconds',
      value: pendingSeconds,
      rule: `not exceed timeoutSeconds (${timeoutSeconds}) of the step`,
      fix: 'Set a shorter pendingSeconds or a longer timeoutSeconds.',
    });
  }
  checkPollWithin(props.poll, timeoutSeconds, report);
  const { maxSeconds } = scheduleOf(props.poll);
  if (exceeds(2 * maxSeconds, ttlSeconds)) {
    report({
      property: 'ttlSeconds',
      value: ttlSeconds,
      rule: `be at least twice the longest poll interval (${maxSeconds} seconds), so that an ended Job is still there`,
      fix: `Set ${2 * maxSeconds} seconds or more.`,
    });
  }
}

function checkRetries({ retry = {}, resources }: GkeJobStepProps, report: Report): void {
  for (const [error, options] of Object.entries(retry)) {
    const property = `retry["${error}"]`;
    const isMemoryEscalation = isEscalation(options);
    if (isNonRetryable(error)) {
      const rule = 'not be a retry of this error, because another Job would end in the same way';
      report({ property, value: options, rule, fix: 'Use catch.' });
    }
    if (error === GKE_ERRORS.OOM_KILLED && !isMemoryEscalation) {
      const rule = 'have a list of memory sizes, because a Job with the same memory is killed again';
      report({ property, value: options, rule, fix: 'Set a list of sizes: { memory: ["2Gi", "4Gi"] }.' });
    }
    if (error !== GKE_ERRORS.OOM_KILLED && isMemoryEscalation) {
      const rule = 'have attempts: more memory helps against GKE.OOMKilled alone';
      report({ property, value: options, rule, fix: 'Set attempts.' });
    }
    if (!isMemoryEscalation) continue;
    if (resources?.memory !== undefined) {
      const rule = 'be omitted when retry has a list of memory sizes';
      report({ property: 'resources.memory', value: resources.memory, rule, fix: 'Omit it.' });
    }
    const isRising = (size: string, index: number, sizes: readonly string[]) =>
      sizes.slice(0, index).every((smaller) => compareQuantities(smaller, size) < 0);
    if (!options.memory.every(isRising)) {
      const rule = 'be a list of rising sizes';
      report({ property: `${property}.memory`, value: options.memory, rule });
    }
  }
}

function checkRole({ awsRole, target }: GkeJobStepProps, report: Report): void {
  if (!awsRole) return;
  const wanted = `${target.namespace}/${target.serviceAccountName}`;
  const trusted = `${awsRole.namespace}/${awsRole.serviceAccountName}`;
  if (wanted === trusted) return;
  report({
    property: 'awsRole',
    value: trusted,
    rule: `run as the service account that the role trusts: the pods run as ${wanted}, and the role trusts ${trusted}`,
    fix: 'Create a role for the service account of the target.',
  });
}
