import { rule } from '../../rule';
import type { CheckedValue } from '../../checked-value';
import type { Subject } from '../../subject';
import { any, every, fail, when } from '../../verdict';
import { compared, isOf, machineWith, ofEachState, TASK, type State } from './definition';

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
  check: (machine) =>
    ofEachState(machine, (state, root) => {
      const isWait = isOf(state, 'Wait');
      const [limit, seconds] = [root.value('TimeoutSeconds'), state.subject.value('Seconds')];
      if (isWait.verdict === 'fail' || !limit.isPresent || !seconds.isPresent) return [];
      const events = eventsOf(shortestLoop(state));
      const total = Math.floor(Number(limit.value) / Number(seconds.value)) * events;
      const fills = compared(limit, seconds, (_, each) => each > 0 && total > MOST_EVENTS);
      return when(
        every(isWait, any(fills, ...openPartsOf(state).map((open) => open.unknown()))),
        fail(`The loop at "${state.name}" can write ${total} events.`, {
          property: state.subject.self.property,
          detail: state.name,
        }),
      );
    }),
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

/** Events of one turn; 0 without a loop. */
function eventsOf(loop: readonly State[] = []): number {
  const isTask = ({ subject }: State) => subject.value('Type').text === 'Task';
  return loop.reduce((sum, state) => sum + (isTask(state) ? EVENTS.Task : EVENTS.other), 0);
}

function successorsOf({ subject }: State): readonly string[] {
  return waysOf(subject)
    .filter(({ isPresent }) => isPresent)
    .map(({ text }) => text);
}

function waysOf(state: Subject): readonly CheckedValue[] {
  return [
    state.value('Next'),
    state.value('Default'),
    ...state.blocks('Choices').map((choice) => choice.value('Next')),
  ];
}

/** Types and successors of the states around a state that only Terraform knows. */
function openPartsOf({ subject, siblings }: State): readonly CheckedValue[] {
  return [subject, ...siblings.map((sibling) => sibling.subject)]
    .flatMap((each) => [each.value('Type'), ...waysOf(each)])
    .filter(({ isOpen }) => isOpen);
}
