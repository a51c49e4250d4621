import { PatternAutomaton, type Automaton, type VariableReading } from './automaton';
import { findText, hasText, type TextQuery } from './find-text';
import { variablesOf, type Pattern } from './pattern';

/** A set of texts: the union of patterns. */
export class TextSet {
  /** Whether the set depends on the value of a variable. */
  public readonly hasVariables: boolean;
  private readonly automata = new Map<VariableReading, Automaton>();

  constructor(public readonly patterns: readonly Pattern[]) {
    this.hasVariables = patterns.some((pattern) => variablesOf(pattern).length > 0);
  }

  /** The texts of the set, if it is finite and knows no variable. */
  public get texts(): readonly string[] | undefined {
    const texts = this.patterns.map((pattern) =>
      pattern
        .map((token) => (token.kind === 'character' && [...token.oneOf].length === 1 ? token.oneOf : ''))
        .join(''),
    );
    return texts.every((text, index) => [...text].length === this.patterns[index]?.length)
      ? texts
      : undefined;
  }

  public automaton(reading: VariableReading): Automaton {
    const known = this.automata.get(reading);
    if (known) return known;
    const automaton = new PatternAutomaton(this.patterns, reading);
    this.automata.set(reading, automaton);
    return automaton;
  }
}

/** Claim that a text is in a set, or that it is not. */
export interface TextClaim {
  readonly set: TextSet;
  readonly holds: boolean;
}

/**
 * Symbols of a shortest text that satisfies all claims; undefined if there is none.
 *
 * Exact without variables. With variables, undefined is exact too: no text satisfies the claims, for any values of
 * the variables. A text that is found is a proposal, because a value may equal a text of another claim. Reason: a text
 * of a set with variables is the image of a text with the symbols of the variables. Sets that exclude it read a symbol
 * so that they accept too little, and the other sets that include it read a symbol so that they accept too much.
 */
export function findInSets(claims: readonly TextClaim[]): readonly string[] | undefined {
  let proposal: readonly string[] | undefined;
  for (const query of queries(claims)) {
    const found = findText(query);
    if (!found) return undefined;
    proposal ??= found;
  }
  return proposal;
}

/** Whether `findInSets` finds a text. */
export function hasTextInSets(claims: readonly TextClaim[]): boolean {
  return queries(claims).every(hasText);
}

/** Queries that all find a text if a text satisfies the claims. Without variables there is one. */
function queries(claims: readonly TextClaim[]): readonly TextQuery[] {
  const outside = claims.filter(({ holds }) => !holds).map(({ set }) => set.automaton('surely'));
  const inside = claims.filter(({ holds }) => holds).map(({ set }) => set);
  const sources = inside.filter(({ hasVariables }) => hasVariables);
  if (sources.length === 0) return [{ inside: inside.map((set) => set.automaton('same')), outside }];
  return sources.map((source) => ({
    inside: inside.map((set) => set.automaton(set === source ? 'same' : 'possibly')),
    outside,
  }));
}
