import { ValidationError } from '../../core/errors';
import type { Step } from './step';
import { titleOf } from './step-validation';

/** Every step that can run after a start, the start included, without the steps inside of other steps. */
export function reachable(start: Step): Step[] {
  return [...reached(start, (step) => step.successors())];
}

/**
 * The next step of each step, for the steps that a start leads to. `next` of a choice applies to the open ends of its
 * alternatives, so the order of the calls that built the chain does not matter.
 */
export function linksOf(start: Step): ReadonlyMap<Step, Step> {
  const steps = reachable(start);
  const links = new Map<Step, Step>();
  for (const step of steps) {
    if (step.nextStep !== undefined && !isChoice(step)) links.set(step, step.nextStep);
  }
  for (const choice of steps.filter(isChoice)) linkEnds(choice, start, links);
  checkLoops(steps, links);
  return links;
}

/** Steps that run directly after a step: its alternatives or its next step, and the handlers of its errors. */
export function followersOf(step: Step, links: ReadonlyMap<Step, Step>): Step[] {
  const after = links.get(step);
  const handled = step.successors().filter((each) => each !== step.nextStep);
  return after === undefined ? handled : [...handled, after];
}

const isChoice = (step: Step): boolean => step.alternatives().length > 0;

function linkEnds(choice: Step, start: Step, links: Map<Step, Step>): void {
  const { nextStep } = choice;
  if (nextStep === undefined) return;
  const ends = openEnds(choice, start, links);
  if (ends.length === 0) {
    refuse(
      choice,
      nextStep,
      'be omitted for a choice without an alternative that continues',
      'Omit the call.',
    );
  }
  for (const end of ends) {
    const other = links.get(end);
    if (other !== undefined && other !== nextStep) {
      const rule = `be one step: two choices lead from here to "${other.name}" and to "${nextStep.name}"`;
      refuse(end, nextStep, rule, 'Use a separate step in each choice.');
    }
    links.set(end, nextStep);
  }
}

/**
 * The steps at which the alternatives of a choice end. An alternative that leads back to a step before the choice is a
 * loop and has no end there. A step is before the choice if every path from the start to the choice passes it.
 */
function openEnds(choice: Step, start: Step, links: ReadonlyMap<Step, Step>): Step[] {
  const isBefore = (step: Step) => step === choice || isPassed(step, start, choice);
  const onward = (step: Step): readonly Step[] => {
    const next = step === choice ? undefined : step.nextStep;
    return (next === undefined ? step.alternatives() : [next]).filter((each) => !isBefore(each));
  };
  const inside = reached(choice, onward);
  return [...inside].filter(
    (step) =>
      step.nextStep === undefined && !isChoice(step) && !step.isTerminal && !leadsTo(links.get(step), choice),
  );
}

/** Whether every path from one step to another passes a third. */
function isPassed(step: Step, from: Step, to: Step): boolean {
  const around = (each: Step) => each.successors().filter((next) => next !== step);
  return step === from || !reached(from, around).has(to);
}

function leadsTo(from: Step | undefined, to: Step): boolean {
  return from !== undefined && reached(from, (step) => step.successors()).has(to);
}

/** Step Functions repeats steps until the history of the execution is full, if no step leads out of a loop. */
function checkLoops(steps: readonly Step[], links: ReadonlyMap<Step, Step>): void {
  for (const step of steps) {
    const next = links.get(step);
    if (next === step) refuse(step, step, 'be another step, or the loop never ends');
  }
  const leaving = new Set(steps.filter((step) => !isChoice(step) && !links.has(step)));
  let size = 0;
  while (size !== leaving.size) {
    size = leaving.size;
    for (const step of steps) {
      if (followersOf(step, links).some((each) => leaving.has(each))) leaving.add(step);
    }
  }
  const lost = steps.find((step) => !leaving.has(step));
  if (lost === undefined) return;
  refuse(lost, links.get(lost), 'lead to a step that ends the state machine, or the loop never ends');
}

function reached(start: Step, onward: (step: Step) => readonly Step[]): Set<Step> {
  const found = new Set<Step>([start]);
  // The iteration of a set includes the items that are added meanwhile.
  for (const step of found) for (const next of onward(step)) found.add(next);
  return found;
}

function refuse(step: Step, next: Step | undefined, rule: string, fix?: string): never {
  throw new ValidationError(titleOf(step), [{ property: 'next', value: next?.name, rule, fix }]);
}
