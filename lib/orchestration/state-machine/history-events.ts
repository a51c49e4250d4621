import type { Retrier, State, States, StatesBlock } from './asl/states';
import { repeatsOf } from './steps/tries';

/**
 * Events that the steps of an execution may write. Step Functions ends an execution at 25,000 events, and no `Catch`
 * applies. 1,000 events remain for calls of functions that are repeated.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const MOST_EVENTS = 24_000;

/** Events that one step may write, so that a second step has room. */
export const EVENTS_OF_STEP = MOST_EVENTS / 2;

/**
 * Events of a Parallel or Map without the steps inside: entered, started, succeeded and exited, two of an item or of the
 * run of a Distributed Map, and two of the Pass before a Distributed Map.
 */
export const EVENTS_OF_CONTAINER = 8;

// Entered, scheduled, started, submitted, succeeded and exited.
const EVENTS_OF_TASK = 6;
const EVENTS_OF_CALL = 3;
const EVENTS_OF_OTHER_STATE = 2;

/** Events of states that run once each, with the retries of their tasks. */
export function eventsOf(states: States): number {
  return Object.values(states).reduce((sum, state) => sum + eventsOfState(state), 0);
}

function eventsOfState({ Type, Retry = [], Branches = [] }: State): number {
  if (Type === 'Task') return EVENTS_OF_TASK + EVENTS_OF_CALL * repeatsOf(Retry as readonly Retrier[]);
  if (Type !== 'Parallel' && Type !== 'Map') return EVENTS_OF_OTHER_STATE;
  return (Branches as readonly StatesBlock[]).reduce(
    (sum, { States }) => sum + eventsOf(States),
    EVENTS_OF_CONTAINER,
  );
}
