import { nearest } from '../../../core/names';
import type { Report } from '../../../core/rules';
import type { State, StatesBlock } from '../asl/states';
import type { CheckedStructure } from './structure';

/** Checks that each state is reachable, that each transition stays in its block, and that names are unique. */
export function checkTransitions({ blocks, states }: CheckedStructure, report: Report): void {
  for (const block of blocks) checkBlock(block, report);
  const names = new Set<string>();
  for (const { name, property } of states) {
    if (names.has(name)) {
      const rule = 'have a name that no other state of the state machine has';
      report({ property, value: name, rule, fix: 'Choose another name.' });
    }
    names.add(name);
  }
}

function checkBlock({ StartAt, States }: StatesBlock, report: Report): void {
  const names = Object.keys(States);
  const reached = new Set<string>();
  const visit = (name: unknown, property: string): void => {
    const isKnown = typeof name === 'string' && Object.hasOwn(States, name);
    if (!isKnown) {
      const meant = nearest(String(name), names);
      const rule = 'be the name of a state of the same state machine, branch or item';
      report({
        property,
        value: name,
        rule,
        fix: meant === undefined ? undefined : `Did you mean "${meant}"?`,
      });
    } else if (!reached.has(name)) {
      reached.add(name);
      const state = States[name] ?? {};
      for (const [field, target] of targetsOf(state)) visit(target, `definition.States["${name}"].${field}`);
    }
  };
  visit(StartAt, 'definition.StartAt');
  for (const name of names.filter((each) => !reached.has(each))) {
    const property = `definition.States["${name}"]`;
    report({
      property,
      value: name,
      rule: 'be reachable from StartAt',
      fix: 'Add a transition, or remove it.',
    });
  }
  const isEnd = ({ Type, End }: State) => End === true || Type === 'Succeed' || Type === 'Fail';
  if (names.length > 0 && !Object.values(States).some(isEnd)) {
    const rule = 'have a state that ends it: End, Succeed or Fail';
    report({ property: 'definition.States', value: names, rule });
  }
}

/** Transitions of a state: the field of each, and the name of the next state. */
function targetsOf(state: State): [field: string, target: unknown][] {
  const entries = (field: string): [string, unknown][] =>
    [state[field] ?? []]
      .flat()
      .map((each, index) => [`${field}[${index}].Next`, (each as State | null)?.Next]);
  return [
    ...(['Next', 'Default'] as const)
      .filter((field) => state[field] !== undefined)
      .map((field): [string, unknown] => [field, state[field]]),
    ...entries('Choices'),
    ...entries('Catch'),
  ];
}
