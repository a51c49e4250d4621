import type { Retrier, State, StatesBlock } from './asl/states';
import { totalSecondsOf } from './steps/tries';

/**
 * Longest duration of states that run once each, in seconds, with the retries of their tasks. `Infinity` if the input of
 * the execution decides it: the items of a Map, or the path of a time.
 */
export function secondsOf({ States }: StatesBlock): number {
  return statesIn(States).reduce((sum, state) => sum + secondsOfState(state), 0);
}

/** Longest time-out of a task and longest wait in seconds, where the definition states it. */
export function longestStateSeconds({ States }: StatesBlock): number {
  const own = statesIn(States).map(({ Type, TimeoutSeconds, Seconds }) =>
    numberOr(0, Type === 'Wait' ? Seconds : TimeoutSeconds),
  );
  return Math.max(0, ...own, ...statesIn(States).flatMap(innerBlocks).map(longestStateSeconds));
}

/** A Distributed Map, by the name of its state. */
export interface DistributedMap {
  readonly name: string;
  /** Longest duration of an item in seconds. `Infinity` if it is not known at synth. */
  readonly itemSeconds: number;
}

/** The first Distributed Map of a definition. */
export function distributedMapIn({ States }: StatesBlock): DistributedMap | undefined {
  for (const [name, state] of Object.entries(States)) {
    const blocks = innerBlocks(state);
    const [items] = blocks;
    if (items !== undefined && isDistributed(state)) return { name, itemSeconds: secondsOf(items) };
    const found = blocks.map(distributedMapIn).find((each) => each !== undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isDistributed(state: State): boolean {
  const { ProcessorConfig } = (state.ItemProcessor ?? {}) as {
    readonly ProcessorConfig?: { Mode?: unknown };
  };
  return state.Type === 'Map' && ProcessorConfig?.Mode === 'DISTRIBUTED';
}

function secondsOfState(state: State): number {
  const retriers = (Array.isArray(state.Retry) ? state.Retry : []) as readonly Retrier[];
  switch (state.Type) {
    case 'Task': {
      const unknown =
        state.TimeoutSecondsPath === undefined && state.TimeoutSeconds === undefined ? 0 : Infinity;
      return totalSecondsOf(numberOr(unknown, state.TimeoutSeconds), retriers);
    }
    case 'Wait':
      return numberOr(Infinity, state.Seconds);
    case 'Parallel':
      return totalSecondsOf(Math.max(0, ...innerBlocks(state).map(secondsOf)), retriers);
    case 'Map':
      return Infinity;
    default:
      return 0;
  }
}

// The text of a user can have any values. Other checks report them.
const isObject = (value: unknown): value is State => typeof value === 'object' && value !== null;
const statesIn = (states: unknown) => (isObject(states) ? Object.values(states).filter(isObject) : []);
const numberOr = (otherwise: number, value: unknown) => (typeof value === 'number' ? value : otherwise);

export function innerBlocks(state: State): StatesBlock[] {
  if (!isObject(state)) return [];
  const blocks = [state.Branches, state.ItemProcessor, state.Iterator].flat();
  return blocks.filter((each) => isObject(each) && isObject(each.States)) as unknown as StatesBlock[];
}
