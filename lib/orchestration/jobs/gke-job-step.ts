import { GKE_ERRORS, GKE_DISRUPTIONS } from '../../contracts/job-errors';
import { jobManifestOf } from './gke-job-spec';
import type { PollSchedule } from '../../contracts/jobs';
import { EVENTS_OF_STEP } from '../state-machine/history-events';
import { pollingEvents, scheduleWithin } from '../state-machine/poll-schedule';
import { pauseSecondsOf, repeatsOf, type JobTries } from '../state-machine/steps/tries';
import type { Catcher, Retrier, States } from '../state-machine/asl/states';
import { FallibleStep } from '../state-machine/fallible-step';
import type { RenderContext, StepRequirements } from '../state-machine/step';
import { callbackRules, checkCallback } from './callback-rules';
import { gkeJobCrossChecks } from './gke-job-step-checks';
import { gkeJobRules } from './gke-job-step-rules';
import type { CallbackOptions, GkeJobStepProps } from './gke-job-step-props';
import { isEscalation } from './retry';
import { jobTimesOf, type JobTimes } from './job-times';
import { jobStates, SUBMIT_PATIENCE_SECONDS } from './gke-job-states';
import { retrier, type RetryOptions } from '../state-machine/steps/retry';
import { checkStep } from '../state-machine/step-validation';

/** Quota is free again when another Job ends. */
const NO_QUOTA: RetryOptions = { attempts: 5, intervalSeconds: 60, backoffRate: 2, maxDelaySeconds: 600 };

/** Three more Jobs after errors that have nothing to do with the program of the Job. */
const INTERRUPTED: RetryOptions = { attempts: 3, intervalSeconds: 30, backoffRate: 2, maxDelaySeconds: 300 };

/**
 * Runs a container on GKE as a Kubernetes Job and waits for its end. Its result is what the container wrote to
 * `/dev/termination-log`; its failure is an error with a name (`GKE_ERRORS`, or one that `exitCodes` gives).
 */
export class GkeJobStep extends FallibleStep {
  private readonly times: JobTimes;
  private callback?: CallbackOptions;

  constructor(
    name: string,
    private readonly props: GkeJobStepProps,
  ) {
    super(name);
    checkStep(this, props, gkeJobRules, gkeJobCrossChecks);
    this.times = jobTimesOf(props);
  }

  /**
   * Lets the container itself tell how it ended: with the task token in the file that `TASK_TOKEN_FILE` names it calls
   * `SendTaskHeartbeat` while it works, and `SendTaskSuccess` or `SendTaskFailure` at its end, as the role of
   * `awsRole`, which is allowed that for this state machine. The step ends with the report; what it says is `output`.
   * Without heartbeats, the step polls the Job to its end, because the Job may run without a connection to AWS.
   */
  public waitForCallback(options: CallbackOptions): this {
    checkStep(this, options, callbackRules, (given, report) =>
      checkCallback(given, { props: this.props, timeoutSeconds: this.times.timeoutSeconds }, report),
    );
    this.callback = options;
    return this;
  }

  /** Functions, permissions and durations that the state machine must provide. */
  public override requirements(eventBudget?: number): StepRequirements {
    const { target, awsRole } = this.props;
    const tries = this.tries();
    const schedule = this.schedule(eventBudget);
    const pauses = this.memories().length * pauseSecondsOf(this.retriers());
    const around = SUBMIT_PATIENCE_SECONDS + schedule.maxSeconds;
    return {
      targets: [target],
      ...(this.callback && awsRole ? { callbackRoles: [awsRole] } : {}),
      maxSeconds: this.times.timeoutSeconds * this.memories().length,
      totalSeconds: tries.reduce((sum, { count, seconds }) => sum + count * (seconds + around), pauses),
      events: pollingEvents(tries, schedule),
      standardOnlyReason: 'a Job can outlast the five minutes of an Express execution',
    };
  }

  /** One group of states for each size of memory; running out of memory leads from one to the next. */
  public render(context: RenderContext): States {
    const memories = this.memories();
    const names = memories.map((memory, index) => (index === 0 ? this.name : `${this.name} (${memory})`));
    return Object.assign(
      {},
      ...memories.map((memory, index) =>
        jobStates({
          step: this.name,
          name: names[index] ?? this.name,
          jobName: this.props.jobName ?? jobNameOf(this.name),
          execution: context.execution,
          functionArn: this.props.target.functionArn,
          job: jobManifestOf(this.props, {
            deadlineSeconds: this.times.deadlineSeconds,
            memory,
            callback: this.callback !== undefined,
          }),
          heartbeatSeconds: this.callback?.heartbeatSeconds,
          exitCodes: { ...this.props.exitCodes },
          pendingSeconds: this.times.pendingSeconds,
          timeoutSeconds: this.times.timeoutSeconds,
          schedule: this.schedule(context.eventBudget),
          retry: this.retriers(),
          catchers: [...escalate(names[index + 1]), ...this.catchers()],
          transition: this.transition(context),
          resultSelector: this.props.resultSelector,
          resultPath: this.props.resultPath,
        }),
      ),
    ) as States;
  }

  private schedule(eventBudget = EVENTS_OF_STEP): PollSchedule {
    const { timeoutSeconds, ttlSeconds } = this.times;
    // The last poll has to find the ended Job.
    return scheduleWithin(this.props.poll, {
      tries: this.tries(),
      eventBudget,
      longestWait: Math.min(timeoutSeconds, Math.floor(ttlSeconds / 2)),
    });
  }

  /** Without quota no pod runs, so that such an attempt ends after `pendingSeconds`. */
  private tries(): JobTries[] {
    const rungs = this.memories().length;
    const isQuota = ({ ErrorEquals: [error] }: Retrier) => error === GKE_ERRORS.QUOTA_EXCEEDED;
    const quota = this.retriers().filter(isQuota);
    const others = this.retriers().filter((each) => !isQuota(each));
    return [
      { count: rungs * (1 + repeatsOf(others)), seconds: this.times.timeoutSeconds },
      { count: rungs * repeatsOf(quota), seconds: this.times.pendingSeconds },
    ];
  }

  private memories(): readonly (string | undefined)[] {
    const given = this.props.retry?.[GKE_ERRORS.OOM_KILLED];
    return given !== undefined && isEscalation(given) ? given.memory : [undefined];
  }

  private retriers(): Retrier[] {
    const given = Object.entries(this.props.retry ?? {}).flatMap(([error, options]) =>
      isEscalation(options) ? [] : [{ error, options }],
    );
    const named = new Set(given.map(({ error }) => error));
    const interrupted = GKE_DISRUPTIONS.filter((error) => !named.has(error));
    const own = given.map(({ error, options }) => retrier([error], options));
    const isAll = ({ ErrorEquals }: Retrier) => ErrorEquals.includes('States.ALL');
    return [
      ...(interrupted.length > 0 ? [retrier(interrupted, INTERRUPTED)] : []),
      ...(named.has(GKE_ERRORS.QUOTA_EXCEEDED) ? [] : [retrier([GKE_ERRORS.QUOTA_EXCEEDED], NO_QUOTA)]),
      ...own.filter((each) => !isAll(each)),
      ...own.filter(isAll),
    ];
  }
}

/** The bridge adds a hash that tells Jobs apart, so that none is needed here. */
function jobNameOf(step: string): string {
  const plain = step.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return (
    plain
      .replace(/^[^a-z]+/, '')
      .slice(0, 40)
      .replace(/-+$/, '') || 'job'
  );
}

/** The input stays unchanged: the next size of memory does the same work. */
function escalate(next: string | undefined): Catcher[] {
  return next === undefined ? [] : [{ ErrorEquals: [GKE_ERRORS.OOM_KILLED], ResultPath: null, Next: next }];
}
