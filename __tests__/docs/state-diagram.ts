import type { Catcher, Retrier, State, StatesBlock } from '../../lib/orchestration/state-machine/asl/states';

/*
 * The states of a definition as Mermaid draws them. https://mermaid.js.org/syntax/stateDiagram.html
 */

export interface DrawingOptions {
  /** Leaves out what is inside of a Parallel or a Map, and what is tried again. */
  readonly outline?: boolean;
}

export function stateDiagram(definition: StatesBlock, options: DrawingOptions = {}): string {
  const ids = new Map<string, string>();
  return ['stateDiagram-v2', ...drawn(definition, '', { ...options, ids }).map(indented)].join('\n');
}

interface Drawing extends DrawingOptions {
  /** Ids of states by their names: letters, digits and "_". */
  readonly ids: Map<string, string>;
}

function drawn(block: StatesBlock, prefix: string, drawing: Drawing): string[] {
  const id = (name: string) => idOf(name, drawing.ids);
  return [
    `[*] --> ${id(block.StartAt)}`,
    ...Object.entries(block.States).flatMap(([name, state]) => [
      ...declared(name, state, prefix, drawing),
      ...waysOn(state).map(({ to, why }) => {
        const target = to === undefined ? '[*]' : id(to);
        return `${id(name)} --> ${target}${why === undefined ? '' : `: ${why}`}`;
      }),
    ]),
  ];
}

function declared(name: string, state: State, prefix: string, drawing: Drawing): string[] {
  const label = name.startsWith(prefix) ? name.slice(prefix.length) : name;
  const again = drawing.outline ? [] : retried(state);
  const head = `state "${[label, ...again].join(', ')}" as ${idOf(name, drawing.ids)}`;
  const inside = drawing.outline ? [] : branchesOf(state);
  if (inside.length === 0) return [head];
  const [whole] = name.split(': ');
  const branches = inside.map((branch) => drawn(branch, `${whole}: `, drawing));
  return [
    `${head} {`,
    ...branches.flatMap((lines, n) => [...(n > 0 ? ['--'] : []), ...lines]).map(indented),
    '}',
  ];
}

function branchesOf({ Branches = [], ItemProcessor }: State): StatesBlock[] {
  return [...(Branches as StatesBlock[]), ...(ItemProcessor ? [ItemProcessor as StatesBlock] : [])];
}

/** Repeated calls for the same job are not drawn: those after errors of Lambda, or after all but named ends. */
function retried({ Retry = [] }: State): string[] {
  const retriers = Retry as Retrier[];
  const repeatsCall = retriers.some(({ MaxAttempts }) => MaxAttempts === 0);
  const errors = (repeatsCall ? [] : retriers)
    .map(({ ErrorEquals }) => ErrorEquals)
    .filter((names) => !names.some((name) => name.startsWith('Lambda.')))
    .flat();
  return errors.length === 0 ? [] : [`again after ${errors.join(', ')}`];
}

interface Way {
  /** Name of the next state; left out at the end. */
  readonly to?: string;
  readonly why?: string;
}

function waysOn(state: State): Way[] {
  const choices = (state.Choices ?? []) as State[];
  const catchers = (state.Catch ?? []) as Catcher[];
  return [
    ...choices.map((choice) => ({ to: choice.Next as string, why: said(choice) })),
    ...(state.Default === undefined ? [] : [{ to: state.Default as string, why: 'otherwise' }]),
    ...(state.Next === undefined ? [] : [{ to: state.Next as string }]),
    ...catchers.map(({ ErrorEquals, Next }) => ({
      to: Next,
      why: ErrorEquals.filter((error) => !/^(Lambda|Sandbox)\./.test(error))
        .map((error) => (error === 'States.ALL' ? 'any error' : error))
        .join(', '),
    })),
    ...(state.End === true || state.Type === 'Succeed' ? [{}] : []),
    ...(state.Type === 'Fail' ? [{ why: state.Error as string }] : []),
  ];
}

/** A rule of a Choice in words; Mermaid takes no ":", ";" and "#" in them. */
function said(rule: State): string {
  const several = (rules: unknown, word: string) => (rules as State[]).map(said).join(` ${word} `);
  if (rule.And !== undefined) return several(rule.And, 'and');
  if (rule.Or !== undefined) return `(${several(rule.Or, 'or')})`;
  if (rule.Not !== undefined) return `not (${said(rule.Not as State)})`;
  const [comparison = '', value] =
    Object.entries(rule).find(([key]) => !['Variable', 'Next', 'Comment'].includes(key)) ?? [];
  const type = /^Is(\w+)$/.exec(comparison)?.[1];
  const path = String(rule.Variable).replace(/^\$\./, '');
  if (type !== undefined) return `${path} is ${TYPES[type] ?? type}`;
  const [, , words = ''] = /^(Numeric|String|Boolean)(\w+)$/.exec(comparison) ?? [];
  return `${path} ${WORDS[words] ?? words} ${value === '' ? 'empty' : String(value)}`;
}

const TYPES: Readonly<Record<string, string>> = {
  Present: 'there',
  Numeric: 'a number',
  String: 'a text',
  Boolean: 'true or false',
};

const WORDS: Readonly<Record<string, string>> = {
  Equals: 'is',
  GreaterThan: 'is more than',
  GreaterThanEquals: 'is at least',
  LessThan: 'is less than',
  LessThanEquals: 'is at most',
  Matches: 'matches',
};

function idOf(name: string, ids: Map<string, string>): string {
  const known = ids.get(name);
  if (known !== undefined) return known;
  const plain = name.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_|_$/g, '');
  const taken = [...ids.values()].filter((id) => id.replace(/_\d+$/, '') === plain).length;
  const id = taken === 0 ? plain : `${plain}_${taken + 1}`;
  ids.set(name, id);
  return id;
}

const indented = (line: string) => `  ${line}`;
