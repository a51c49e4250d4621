import { EVENTS_OF_CONTAINER, EVENTS_OF_STEP, MOST_EVENTS, eventsOf } from './history-events';
import { secondsOf } from './state-seconds';
import { followersOf, linksOf } from './links';
import { OWN_EXECUTION, type IChainable, type Step } from './step';

/** Largest figures of an execution. They can belong to two paths. */
export interface PathCost {
  /** Events in the history of the execution that the caller starts. */
  readonly events: number;
  /** Seconds, with all retries. `Infinity` if the number of items is not known at synth. */
  readonly seconds: number;
  /** The same with one item of each Map, and without durations that the input decides. */
  readonly leastSeconds: number;
  /** Events in the history of a child execution of a Distributed Map, which is one item or batch. */
  readonly childEvents: number;
}

const NOTHING: PathCost = { events: 0, seconds: 0, leastSeconds: 0, childEvents: 0 };

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
  const inside = step.inner().map((chain) => longestPath(chain, eventBudget));
  if (inside.length === 0) {
    const isKnown = needs.events !== undefined && needs.totalSeconds !== undefined;
    const States = isKnown ? {} : step.render({ execution: OWN_EXECUTION, eventBudget });
    const events = needs.events ?? eventsOf(States);
    const seconds = needs.totalSeconds ?? secondsOf({ StartAt: step.name, States });
    return { events, seconds, leastSeconds: finite(seconds), childEvents: 0 };
  }
  const tries = needs.innerTries ?? 1;
  const longest = alternatives(inside);
  const events = inside.reduce((sum, each) => sum + each.events, 0);
  const { totalSeconds = 0 } = needs;
  return {
    events: tries * (EVENTS_OF_CONTAINER + (needs.childExecutions ? 0 : events)),
    seconds: totalSeconds + tries * longest.seconds,
    leastSeconds: finite(totalSeconds) + tries * longest.leastSeconds,
    childEvents: Math.max(longest.childEvents, needs.childExecutions ? EVENTS_OF_CHILD + events : 0),
  };
}

const finite = (seconds: number) => (Number.isFinite(seconds) ? seconds : 0);

function oneAfterTheOther(first: PathCost, then: PathCost): PathCost {
  return {
    events: first.events + then.events,
    seconds: first.seconds + then.seconds,
    leastSeconds: first.leastSeconds + then.leastSeconds,
    childEvents: Math.max(first.childEvents, then.childEvents),
  };
}

function alternatives(costs: readonly PathCost[]): PathCost {
  return {
    events: Math.max(0, ...costs.map(({ events }) => events)),
    seconds: Math.max(0, ...costs.map(({ seconds }) => seconds)),
    leastSeconds: Math.max(0, ...costs.map(({ leastSeconds }) => leastSeconds)),
    childEvents: Math.max(0, ...costs.map(({ childEvents }) => childEvents)),
  };
}
