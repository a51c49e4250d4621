import { EVENTS_OF_CONTAINER, EVENTS_OF_STEP, MOST_EVENTS, eventsOf } from './history-events';
import { followersOf, linksOf } from './links';
import { OWN_EXECUTION, type IChainable, type Step } from './step';

/** Largest figures of an execution. They can belong to two paths. */
export interface PathCost {
  /** Events in the history of the execution that the caller starts. */
  readonly events: number;
  /** Seconds, with all retries. `Infinity` if the number of items is not known at synth. */
  readonly seconds: number;
  /** Events in the history of a child execution of a Distributed Map, which is one item or batch. */
  readonly childEvents: number;
}

const NOTHING: PathCost = { events: 0, seconds: 0, childEvents: 0 };

// The start of a child execution, and the state that unwraps its item.
const EVENTS_OF_CHILD = 3;

const SMALLEST_BUDGET = EVENTS_OF_STEP / 16;

/** Budget of events per step, and the longest path with it. */
export interface BudgetedPath {
  readonly eventBudget: number;
  readonly cost: PathCost;
}

/** Returns the largest budget of events per step with which the longest path is within the history, or the smallest. */
export function withinHistory(chain: IChainable): BudgetedPath {
  let eventBudget = EVENTS_OF_STEP;
  let cost = longestPath(chain, eventBudget);
  while (eventBudget > SMALLEST_BUDGET && mostEvents(cost) > MOST_EVENTS) {
    eventBudget /= 2;
    cost = longestPath(chain, eventBudget);
  }
  return { eventBudget, cost };
}

/** Events of the execution with the longest history. */
export function mostEvents({ events, childEvents }: PathCost): number {
  return Math.max(events, childEvents);
}

/**
 * Returns the figures of the longest path through a chain. A loop counts as one pass, and a Map as one item, because the
 * input of the execution decides their number.
 */
export function longestPath({ start }: IChainable, eventBudget: number): PathCost {
  const links = linksOf(start);
  const known = new Map<Step, PathCost>();
  const from = (step: Step): PathCost => {
    const found = known.get(step);
    if (found !== undefined) return found;
    // A path that comes back to this step ends there.
    known.set(step, NOTHING);
    const after = followersOf(step, links).map(from);
    const cost = oneAfterTheOther(costOf(step, eventBudget), alternatives(after));
    known.set(step, cost);
    return cost;
  };
  return from(start);
}

function costOf(step: Step, eventBudget: number): PathCost {
  const needs = step.requirements(eventBudget);
  const seconds = needs.totalSeconds ?? needs.maxSeconds ?? 0;
  const inside = step.inner().map((chain) => longestPath(chain, eventBudget));
  if (inside.length === 0) {
    const events = needs.events ?? eventsOf(step.render({ execution: OWN_EXECUTION, eventBudget }));
    return { events, seconds, childEvents: 0 };
  }
  const tries = needs.innerTries ?? 1;
  const longest = alternatives(inside);
  const events = inside.reduce((sum, each) => sum + each.events, 0);
  return {
    events: tries * (EVENTS_OF_CONTAINER + (needs.childExecutions ? 0 : events)),
    seconds: seconds + tries * longest.seconds,
    childEvents: Math.max(longest.childEvents, needs.childExecutions ? EVENTS_OF_CHILD + events : 0),
  };
}

function oneAfterTheOther(first: PathCost, then: PathCost): PathCost {
  return {
    events: first.events + then.events,
    seconds: first.seconds + then.seconds,
    childEvents: Math.max(first.childEvents, then.childEvents),
  };
}

function alternatives(costs: readonly PathCost[]): PathCost {
  return {
    events: Math.max(0, ...costs.map(({ events }) => events)),
    seconds: Math.max(0, ...costs.map(({ seconds }) => seconds)),
    childEvents: Math.max(0, ...costs.map(({ childEvents }) => childEvents)),
  };
}
