import { Undecided } from '../relation';
import { DEAD, isVariable, type Automaton } from './automaton';

/** Sets that a text is in, and sets that it is not in. */
export interface TextQuery {
  readonly inside: readonly Automaton[];
  readonly outside: readonly Automaton[];
}

/** States that a search may visit: enough for 200 ARNs of 100 characters. */
const MAX_STATES = 20_000;

/** Characters for a place where the query allows any character that it does not name. */
const FILLERS = [...'xabcdefghijklmnopqrstuvwyz0123456789-_/.XABCDEFGHIJKLMNOPQRSTUVWYZ', '\u00e9', '\u00fc'];

interface Node {
  readonly states: readonly number[];
  readonly symbol: string;
  readonly parent: Node | undefined;
}

/** A character that is none of these. */
function other(named: ReadonlySet<string>): string {
  const filler = FILLERS.find((each) => !named.has(each));
  if (filler !== undefined) return filler;
  // 2,000 letters of one block: more than the patterns of a document name at one place.
  for (let code = 0x4e00; ; code++) {
    const letter = String.fromCodePoint(code);
    if (!named.has(letter)) return letter;
  }
}

/**
 * A shortest text that is in all sets `inside` and in no set `outside`, as symbols; undefined if there is none.
 * The answer is exact: it searches the product of the automata.
 * @throws Undecided when the product has more than 20,000 states.
 */
export function findText(query: TextQuery): readonly string[] | undefined {
  return search(query, 'breadth');
}

/**
 * Whether a text is in all sets `inside` and in no set `outside`: as `findText`, and faster where there is one.
 * @throws Undecided when the product has more than 20,000 states.
 */
export function hasText(query: TextQuery): boolean {
  return search(query, 'depth') !== undefined;
}

function search({ inside, outside }: TextQuery, first: 'breadth' | 'depth'): readonly string[] | undefined {
  const automata = [...inside, ...outside];
  const isOpen = (states: readonly number[]): boolean =>
    states.every((state, index) =>
      index < inside.length ? state !== DEAD : !automata[index]?.acceptsAll(state),
    );
  const isFound = (states: readonly number[]): boolean =>
    states.every((state, index) => automata[index]?.accepts(state) === index < inside.length);

  const start: Node = { states: automata.map((each) => each.start), symbol: '', parent: undefined };
  if (!isOpen(start.states)) return undefined;
  const nodes: Node[] = [start];
  const seen = new Set([start.states.join()]);
  for (let index = 0; index < nodes.length;) {
    const node = first === 'depth' ? nodes.pop() : nodes[index++];
    if (!node) break;
    if (isFound(node.states)) return symbolsOf(node);
    for (const symbol of symbolsToTry(automata, node.states, inside.length)) {
      const states = automata.map((automaton, each) => automaton.next(node.states[each] ?? DEAD, symbol));
      if (!isOpen(states)) continue;
      const key = states.join();
      if (seen.has(key)) continue;
      if (seen.size >= MAX_STATES) throw new Undecided('The patterns have too many combinations to compare.');
      seen.add(key);
      nodes.push({ states, symbol, parent: node });
    }
  }
  return undefined;
}

function symbolsToTry(automata: readonly Automaton[], states: readonly number[], inside: number): string[] {
  const named = new Set<string>();
  automata.forEach((automaton, index) => {
    for (const symbol of automaton.symbols(states[index] ?? DEAD)) {
      // The text contains only variables of the sets that it must be in.
      if (!isVariable(symbol) || index < inside) named.add(symbol);
    }
  });
  return [other(named), ...named];
}

function symbolsOf(node: Node): string[] {
  const symbols: string[] = [];
  for (let each: Node | undefined = node; each?.parent; each = each.parent) symbols.unshift(each.symbol);
  return symbols;
}
