import type { PollSchedule } from '../../contracts/jobs';
import { EVENTS_OF_STEP } from '../state-machine/history-events';
import { pollingEvents, scheduleWithin } from '../state-machine/poll-schedule';
import { repeatsOf, totalSecondsOf, type JobTries } from '../state-machine/steps/tries';
import type { TrainingResult } from '../../contracts/training';
import { DECIDED_VERTEX_ERRORS, VERTEX_ERRORS } from '../../contracts/training-errors';
import type { Retrier, State, States } from '../state-machine/asl/states';
import { FallibleStep } from '../state-machine/fallible-step';
import type { RenderContext, StepRequirements } from '../state-machine/step';
import { functionTask, pollStates } from '../state-machine/steps/poll-states';
import { retryUndecided } from '../state-machine/steps/undecided-retries';
import { retrier, retriersOf } from '../state-machine/steps/retry';
import { requestOf } from './vertex-job';
import type { VertexTrainingStepProps } from './vertex-training-step-props';
import {
  trainingTimesOf,
  vertexTrainingCrossChecks,
  vertexTrainingRules,
} from './vertex-training-step-rules';
import { checkStep } from '../state-machine/step-validation';

/** Machines come back within an hour or not today. */
const NO_MACHINES = { attempts: 3, intervalSeconds: 300, backoffRate: 2, maxDelaySeconds: 1_800 };

// A new IAM grant takes up to seven minutes.
const SUBMIT_PATIENCE_SECONDS = 600;

const RESULT_KEYS: readonly (keyof TrainingResult)[] = [
  'job',
  'attempt',
  'outputUri',
  'createTime',
  'startTime',
  'endTime',
  'console',
];

/**
 * Trains on Vertex AI, as the account of the target, and waits for the end: a custom job or a pipeline. Its failure is
 * an error with a name (`VERTEX_ERRORS`, or one that `exitCodes` gives).
 */
export class VertexTrainingStep extends FallibleStep {
  private readonly deadlineSeconds: number;
  private readonly timeoutSeconds: number;

  constructor(
    name: string,
    private readonly props: VertexTrainingStepProps,
  ) {
    super(name);
    checkStep(this, props, vertexTrainingRules, vertexTrainingCrossChecks);
    const { deadlineSeconds, timeoutSeconds } = trainingTimesOf(props);
    this.deadlineSeconds = deadlineSeconds;
    this.timeoutSeconds = timeoutSeconds;
  }

  /** Functions, permissions and durations that the state machine must provide. */
  public override requirements(eventBudget?: number): StepRequirements {
    const schedule = this.schedule(eventBudget);
    const attempt = SUBMIT_PATIENCE_SECONDS + this.timeoutSeconds + schedule.maxSeconds;
    return {
      targets: [this.props.target],
      maxSeconds: this.timeoutSeconds,
      totalSeconds: totalSecondsOf(attempt, this.retriers()),
      events: pollingEvents(this.tries(), schedule),
      standardOnlyReason: 'a training can outlast the five minutes of an Express execution',
    };
  }

  /** Renders the states; the first has the name of the step. */
  public render(context: RenderContext): States {
    const { target, job, resultSelector, resultPath } = this.props;
    const { functionArn } = target;
    const schedule = this.schedule(context.eventBudget);
    const request = (action: string): State => ({
      action,
      'execution.$': '$.execution',
      'attempt.$': '$.attempt',
      step: this.name,
      schedule,
      exitCodes: { ...this.props.exitCodes },
      timeoutSeconds: this.timeoutSeconds,
    });
    const ends = [...DECIDED_VERTEX_ERRORS, ...Object.values(this.props.exitCodes ?? {})];
    const task = (parameters: State, seconds: number) =>
      functionTask({ functionArn, parameters, retry: retryUndecided(ends, seconds) });
    return pollStates({
      name: this.name,
      attempt: {
        'execution.$': context.execution,
        'attempt.$': 'States.UUID()',
        job: requestOf(job, this.deadlineSeconds),
      },
      submit: task({ ...request('submit'), 'job.$': '$.job' }, SUBMIT_PATIENCE_SECONDS),
      poll: task({ ...request('poll'), 'status.$': '$.status' }, this.timeoutSeconds),
      maxSeconds: schedule.maxSeconds,
      resultKeys: RESULT_KEYS,
      missingFields: { input: VERTEX_ERRORS.BAD_REQUEST, result: VERTEX_ERRORS.RESULT_MISSING },
      retry: this.retriers(),
      catchers: this.catchers(),
      transition: this.transition(context),
      resultSelector,
      resultPath,
    });
  }

  private schedule(eventBudget = EVENTS_OF_STEP): PollSchedule {
    return scheduleWithin(
      { initialSeconds: 30, ...this.props.poll },
      { tries: this.tries(), eventBudget, longestWait: this.timeoutSeconds },
    );
  }

  private tries(): JobTries[] {
    return [{ count: 1 + repeatsOf(this.retriers()), seconds: this.timeoutSeconds }];
  }

  private retriers(): Retrier[] {
    const { retry = {} } = this.props;
    const isNamed = VERTEX_ERRORS.UNSCHEDULABLE in retry;
    return [...(isNamed ? [] : [retrier([VERTEX_ERRORS.UNSCHEDULABLE], NO_MACHINES)]), ...retriersOf(retry)];
  }
}
