import { linksOf, reachable } from './links';
import type { StatesBlock } from './asl/states';
import type { IChainable, RenderContext, Step } from './step';

/** Every step of a chain and of the chains inside of its steps. */
export function everyStep(chain: IChainable): Step[] {
  return reachable(chain.start).flatMap((step) => [step, ...step.inner().flatMap(everyStep)]);
}

/** States of a chain, as a state machine, a branch or an item has them. */
export function blockOf({ start }: IChainable, context: RenderContext): StatesBlock {
  const links = linksOf(start);
  const states = reachable(start).flatMap((step) =>
    Object.entries(step.render({ ...context, next: links.get(step)?.name })),
  );
  return { StartAt: start.name, States: Object.fromEntries(states) };
}
