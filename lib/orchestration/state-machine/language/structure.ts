import { isObject } from '../../../core/is-object';
import { nearest } from '../../../core/names';
import type { Report } from '../../../core/rules';
import type { State, States, StatesBlock } from '../asl/states';
import { fieldsOf, STATE_TYPES, type Fields, type QueryLanguage } from './state-fields';

/** A state with its place in the definition. */
export interface LocatedState {
  readonly name: string;
  readonly state: State;
  /** Property of the state in messages. */
  readonly property: string;
  readonly language: QueryLanguage;
  readonly fields: Fields;
}

/** A definition whose parts have the types that the language requires, so that other checks can read them. */
export interface CheckedStructure {
  /** The state machine itself, and the blocks of branches and items. */
  readonly blocks: readonly StatesBlock[];
  readonly states: readonly LocatedState[];
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const LONGEST_NAME = 80;

const TOP_LEVEL_FIELDS = ['Comment', 'QueryLanguage', 'StartAt', 'States', 'TimeoutSeconds', 'Version'];

/**
 * Checks types of blocks, states and names of fields.
 * @returns `undefined` if the definition has problems, which are reported
 */
export function checkStructure(definition: unknown, report: Report): CheckedStructure | undefined {
  const blocks: StatesBlock[] = [];
  const states: LocatedState[] = [];
  let isValid = true;
  const problem: Report = (found) => {
    isValid = false;
    report(found);
  };

  const visitBlock = (block: unknown, property: string, language: QueryLanguage): void => {
    if (!isObject(block) || typeof block.StartAt !== 'string' || !isObject(block.States)) {
      problem({ property, value: block, rule: 'be an object with StartAt and States' });
      return;
    }
    blocks.push(block as unknown as StatesBlock);
    for (const [name, state] of Object.entries(block.States as States)) visitState(name, state, language);
  };

  const visitState = (name: string, state: unknown, machineLanguage: QueryLanguage): void => {
    const property = `definition.States["${name}"]`;
    if (name.length > LONGEST_NAME) {
      problem({ property, value: name, rule: `have a name of at most ${LONGEST_NAME} characters` });
    }
    if (!isObject(state)) {
      problem({ property, value: state, rule: 'be a state: an object with Type' });
      return;
    }
    const language = languageOf(state.QueryLanguage ?? machineLanguage, property, problem);
    const fields = fieldsOf(state.Type, language);
    if (fields === undefined) {
      const rule = `be one of ${STATE_TYPES.map((type) => `"${type}"`).join(', ')}`;
      problem({ property: `${property}.Type`, value: state.Type, rule });
      return;
    }
    checkFieldNames(state, fields, property, problem);
    states.push({ name, state, property, language, fields });
    visitInner(state, property, machineLanguage);
  };

  const visitInner = (state: State, property: string, language: QueryLanguage): void => {
    if (state.Type === 'Parallel') {
      if (!Array.isArray(state.Branches) || state.Branches.length === 0) {
        problem({
          property: `${property}.Branches`,
          value: state.Branches,
          rule: 'be a list of at least 1 item',
        });
        return;
      }
      state.Branches.forEach((each, index) => visitBlock(each, `${property}.Branches[${index}]`, language));
    }
    if (state.Type === 'Map') {
      const field = state.Iterator === undefined ? 'ItemProcessor' : 'Iterator';
      visitBlock(state[field], `${property}.${field}`, language);
    }
  };

  const machine = isObject(definition) ? definition : {};
  checkNames(machine, TOP_LEVEL_FIELDS, 'definition', problem);
  visitBlock(
    definition,
    'definition',
    languageOf(machine.QueryLanguage ?? 'JSONPath', 'definition', problem),
  );
  return isValid ? { blocks, states } : undefined;
}

function languageOf(value: unknown, property: string, report: Report): QueryLanguage {
  if (value === 'JSONPath' || value === 'JSONata') return value;
  report({ property: `${property}.QueryLanguage`, value, rule: 'be one of "JSONPath", "JSONata"' });
  return 'JSONPath';
}

function checkFieldNames(state: State, fields: Fields, property: string, report: Report): void {
  checkNames(state, Object.keys(fields), property, report);
}

/** Step Functions rejects a definition with an unknown field. */
function checkNames(object: State, known: readonly string[], property: string, report: Report): void {
  for (const name of Object.keys(object).filter((each) => !known.includes(each))) {
    const meant = nearest(name, known);
    const fix = meant === undefined ? `The properties are: ${known.join(', ')}.` : `Did you mean "${meant}"?`;
    const at = `${property}.${name}`;
    report({ kind: 'unknown-property', property: at, value: object[name], rule: 'be a property', fix });
  }
}
