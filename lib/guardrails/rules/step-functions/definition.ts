import type { CheckedValue } from '../../checked-value';
import { documentIn } from '../../document-in';
import { Subject } from '../../subject';
import { all, fail, isUnknown, pass, type Unknown, type Verdict } from '../../verdict';
import { isComputed, isModelObject } from '../../../model/values/value';

/** One state of a state machine, of a branch, or of an item processor. */
export interface State {
  /** Name of the state. */
  readonly name: string;
  /** The state with its place. */
  readonly subject: Subject;
  /** States of the same machine, branch or processor. */
  readonly siblings: readonly State[];
}

/** A definition with all of its states. */
export interface Definition {
  /** Top level of the definition. */
  readonly root: Subject;
  /** States of the machine, of its branches and of its item processors. */
  readonly states: readonly State[];
}

/**
 * Verdicts for each state of a machine, those of its branches and item processors included; `unknown` for a definition
 * that only Terraform knows. A state that only Terraform knows has arguments that are not known.
 */
export function ofEachState(
  machine: Subject,
  check: (state: State, root: Subject) => readonly Verdict[],
): readonly Verdict[] {
  const definition = definitionOf(machine);
  if (isUnknown(definition)) return [definition];
  return all(...definition.states.flatMap((state) => check(state, definition.root)));
}

/** Definition of a state machine, or the verdict if only Terraform knows it. */
export function definitionOf(machine: Subject): Definition | Unknown {
  return machine.index.deriveOf(machine.resource, 'definition', () => parsedDefinition(machine));
}

function parsedDefinition(machine: Subject): Definition | Unknown {
  const root = documentIn(machine, 'definition');
  return isUnknown(root) ? root : { root, states: statesOf(root) };
}

/** Pass if a state is of a type, for example `Task`. */
export function isOf({ subject }: State, type: string): Verdict {
  return subject.value('Type').meets((text) => text === type);
}

/** Lists of errors of a state: those of `Retry` and `Catch`. */
export function handlersOf({ subject }: State, kind: 'Retry' | 'Catch'): readonly Subject[] {
  return subject.blocks(kind);
}

function statesOf(machine: Subject): readonly State[] {
  const { value, property } = machine.value('States');
  if (isComputed(value)) {
    const subject = new Subject(machine.resource, machine.index, value, property);
    return [{ name: '…', subject, siblings: [] }];
  }
  if (!isModelObject(value)) return [];
  const siblings: State[] = [];
  for (const [name, state] of Object.entries(value)) {
    const place = `${property}[${JSON.stringify(name)}]`;
    const subject = new Subject(machine.resource, machine.index, state, place);
    siblings.push({ name, subject, siblings });
  }
  const inner = siblings
    .filter(({ subject }) => !isComputed(subject.self.value))
    .flatMap(({ subject }) => [
      ...subject.blocks('Branches'),
      ...subject.blocks('ItemProcessor'),
      ...subject.blocks('Iterator'),
    ]);
  return [...siblings, ...inner.flatMap(statesOf)];
}

/** Pass if a text ends with one of the endings, `unknown` if only Terraform knows its end, else fail. */
export function endsWith(value: CheckedValue, ...endings: readonly string[]): Verdict {
  return value.meets(
    (text) => endings.some((ending) => text.endsWith(ending)),
    (outline) => outline.endsWith('…'),
  );
}

/** Pass if two numbers meet the test, `unknown` if only Terraform knows one of them, else fail. */
export function compared(
  one: CheckedValue,
  other: CheckedValue,
  test: (first: number, second: number) => boolean,
): Verdict {
  if (typeof one.value === 'number' && typeof other.value === 'number' && test(one.value, other.value)) {
    return pass;
  }
  const open = [one, other].find(({ isOpen }) => isOpen);
  return one.isPresent && other.isPresent && open ? open.unknown() : NOT_MET;
}

const NOT_MET = fail('The numbers do not meet the condition.');

/** A machine with one state, for examples. */
export function machineWith(state: object, top: object = {}): Readonly<Record<string, unknown>> {
  const definition = {
    StartAt: 'Load',
    TimeoutSeconds: 7200,
    States: { Load: { End: true, ...state } },
    ...top,
  };
  return {
    name: 'etl',
    role_arn: 'arn:aws:iam::123456789012:role/etl',
    definition: JSON.stringify(definition),
    logging_configuration: {
      level: 'ALL',
      include_execution_data: false,
      log_destination: 'arn:aws:logs:x:*',
    },
  };
}

/** A Task that meets the rules. */
export const TASK = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: 'arn:aws:lambda:eu-west-1:123456789012:function:load:live' },
  TimeoutSeconds: 60,
};

/** Value of the argument of a Task, in JSONPath or JSONata. */
export function argumentOf({ subject }: State, name: string): CheckedValue {
  const argument = subject.value(`Arguments.${name}`);
  if (argument.isPresent) return argument;
  const parameter = subject.value(`Parameters.${name}`);
  return parameter.isPresent ? parameter : subject.entry('Parameters', `${name}.$`);
}
