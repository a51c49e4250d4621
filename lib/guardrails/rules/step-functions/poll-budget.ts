import { rule } from '../../rule';
import { fail } from '../../verdict';
import { definitionOf, isUnknown, machineWith, TASK, type State } from './definition';

/** History of an execution. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MOST_EVENTS = 25_000;
/** Events of a state that is entered and left, and of a Task in between: scheduled, started, succeeded. */
const EVENTS = { Task: 5, other: 2 };

const poll = (seconds: number) => ({
  StartAt: 'Wait',
  TimeoutSeconds: 86_400,
  States: {
    Wait: { Type: 'Wait', Seconds: seconds, Next: 'Poll' },
    Poll: { ...TASK, Next: 'Done?' },
    'Done?': {
      Type: 'Choice',
      Choices: [{ Variable: '$.done', BooleanEquals: true, Next: 'End' }],
      Default: 'Wait',
    },
    End: { Type: 'Succeed' },
  },
});

/** Loops with a Wait that fill the history before the machine times out. */
export const pollBudget = rule('aws_sfn_state_machine', {
  id: 'SFN006',
  title: 'Polling that exceeds the history of an execution',
  severity: 'error',
  why: 'At 25,000 events the execution fails past every Catch, and what it waits for is lost.',
  fix: 'Poll less often, or lower the time-out of the machine.',
  controls: ['SOC 2 A1.1'],
  check: (machine) => {
    const definition = definitionOf(machine);
    if (isUnknown(definition)) return definition;
    const limit = definition.root.value('TimeoutSeconds').value;
    if (typeof limit !== 'number') return [];
    return definition.states.flatMap((state) => {
      const seconds = state.type === 'Wait' ? state.subject.value('Seconds').value : undefined;
      const loop = typeof seconds === 'number' && seconds > 0 ? shortestLoop(state) : undefined;
      if (loop === undefined || typeof seconds !== 'number') return [];
      const events = loop.reduce((sum, { type }) => sum + (type === 'Task' ? EVENTS.Task : EVENTS.other), 0);
      const total = Math.floor(limit / seconds) * events;
      if (total <= MOST_EVENTS) return [];
      return fail(`The loop at "${state.name}" can write ${total} events.`, {
        property: state.subject.self.property,
        detail: state.name,
      });
    });
  },
  passes: [{ ...machineWith({}), definition: JSON.stringify(poll(60)) }],
  fails: [{ ...machineWith({}), definition: JSON.stringify(poll(10)) }],
});

/** States of the shortest way from a state back to itself. */
function shortestLoop(start: State): readonly State[] | undefined {
  const byName = new Map(start.siblings.map((state) => [state.name, state]));
  let ways: (readonly State[])[] = [[start]];
  const seen = new Set<string>();
  while (ways.length > 0) {
    const next: (readonly State[])[] = [];
    for (const way of ways) {
      for (const name of successorsOf(way.at(-1) ?? start)) {
        if (name === start.name) return way;
        const state = byName.get(name);
        if (state === undefined || seen.has(name)) continue;
        seen.add(name);
        next.push([...way, state]);
      }
    }
    ways = next;
  }
  return undefined;
}

function successorsOf({ subject }: State): readonly string[] {
  return [
    subject.value('Next'),
    subject.value('Default'),
    ...subject.blocks('Choices').map((choice) => choice.value('Next')),
  ]
    .filter(({ isPresent }) => isPresent)
    .map(({ text }) => text);
}
