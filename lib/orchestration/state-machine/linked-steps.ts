import { ValidationError, type ValidationProblem } from '../../core/errors';
import type { StatesBlock } from './states';
import { type IChainable, type RenderContext, type Step, titleOf } from './step';

/** The steps of one chain, without those inside of its steps, and the order in which they run. */
export interface LinkedSteps {
  /** The steps that the start leads to, the start first. */
  readonly steps: readonly Step[];
  /** Returns the step that follows a step; `undefined` where the chain ends. */
  readonly nextOf: RenderContext['nextOf'];
}

/**
 * Links the steps of a chain as they are chained at this moment.
 *
 * @throws ValidationError if two choices lead one step to different next steps
 */
export function linkedSteps({ start }: IChainable): LinkedSteps {
  const steps = new Set([start]);
  const next = new Map<Step, Step>();
  // A set also iterates over the steps that the loop adds.
  for (const step of steps) {
    const { following } = step;
    const ends = following ? step.ends(new Set([step])) : [];
    // States are written in the order in which people read them: what follows a choice stands after its branches.
    const after = following && ends.includes(step) ? [following, ...step.successors()] : step.successors();
    for (const each of after) steps.add(each);
    if (following === undefined) continue;
    for (const end of ends) link(next, end, following);
    steps.add(following);
  }
  return { steps: [...steps], nextOf: (step) => next.get(step) };
}

function link(links: Map<Step, Step>, end: Step, next: Step): void {
  const other = links.get(end);
  if (end === next) {
    refuse(end, {
      property: 'next',
      value: next.name,
      rule: 'not lead from a step to itself: the step is the end of a branch of the choice before it',
      fix: 'Chain the choice to a step that is in none of its branches.',
    });
  }
  if (other !== undefined && other !== next) {
    refuse(end, {
      property: 'next',
      value: next.name,
      rule: `be one step: a choice that leads here continues with "${other.name}"`,
      fix: 'Use another step in one of the two choices.',
    });
  }
  links.set(end, next);
}

/** Every step of a chain, and every step inside of them. */
export function everyStep(chain: IChainable): Step[] {
  return linkedSteps(chain).steps.flatMap((step) => [step, ...step.inner().flatMap(everyStep)]);
}

/**
 * Renders a chain to the states of a state machine or of a branch.
 *
 * @throws ValidationError if a chained step is lost, or if steps repeat without an end
 */
export function blockOf(chain: IChainable, context: Omit<RenderContext, 'nextOf'>): StatesBlock {
  const linked = linkedSteps(chain);
  checkNothingLost(linked);
  checkEnds(linked);
  const states = linked.steps.flatMap((step) =>
    Object.entries(step.render({ ...context, nextOf: linked.nextOf })),
  );
  return { StartAt: chain.start.name, States: Object.fromEntries(states) };
}

/** The following step of a choice runs after the branches that continue, so it needs one. */
function checkNothingLost({ steps }: LinkedSteps): void {
  for (const step of steps) {
    if (step.following === undefined || step.ends(new Set([step])).length > 0) continue;
    refuse(step, {
      property: 'next',
      value: step.following.name,
      rule: 'not be called on a choice whose branches all end the execution or lead back to the choice',
      fix: 'Omit the call, or add a branch that continues.',
    });
  }
}

/** Every step must lead to an end: otherwise the execution repeats steps until its history is full. */
function checkEnds({ steps, nextOf }: LinkedSteps): void {
  const after = (step: Step) =>
    [...new Set([...step.successors(), nextOf(step)])].filter((each) => each !== undefined);
  const ending = new Set(steps.filter((step) => after(step).length === 0));
  for (let found = 0; found !== ending.size;) {
    found = ending.size;
    for (const step of steps) if (after(step).some((each) => ending.has(each))) ending.add(step);
  }
  const endless = steps.find((step) => !ending.has(step));
  if (endless === undefined) return;
  const names = steps.filter((step) => !ending.has(step)).map(({ name }) => `"${name}"`);
  refuse(endless, {
    property: 'next',
    value: nextOf(endless)?.name,
    rule: `lead to an end: the steps ${names.join(', ')} repeat for ever`,
    fix: 'Leave the loop with a ChoiceStep.',
  });
}

function refuse(step: Step, problem: ValidationProblem): never {
  throw new ValidationError(titleOf(step), [problem]);
}
