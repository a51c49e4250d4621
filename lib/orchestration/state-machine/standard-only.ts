import type { State, StatesBlock } from './asl/states';
import { innerBlocks } from './state-seconds';

/** A step that an Express state machine cannot run. */
export interface StandardOnly {
  /** Name of the step. */
  readonly step: string;
  /** Reason, as a clause. */
  readonly rule: string;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html */
const WAITS = /\.(sync(:2)?|waitForTaskToken)$|:activity:/;

/** Why an Express state machine cannot call a resource; undefined if it can. */
export function standardOnlyReasonOf(resource: string): string | undefined {
  return WAITS.test(resource)
    ? 'an Express state machine does not wait for a job, a task token or an activity'
    : undefined;
}

/** The first state of a definition that an Express state machine cannot run. */
export function standardOnlyIn({ States }: StatesBlock): StandardOnly | undefined {
  for (const [step, state] of Object.entries(States)) {
    const rule = ruleOf(state);
    if (rule !== undefined) return { step, rule };
    const found = innerBlocks(state)
      .map(standardOnlyIn)
      .find((each) => each !== undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

function ruleOf({ Type, Resource }: State): string | undefined {
  return Type === 'Task' && typeof Resource === 'string' ? standardOnlyReasonOf(Resource) : undefined;
}
