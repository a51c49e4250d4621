import type { Pattern, PatternToken } from './pattern';

/**
 * A deterministic automaton whose states are built when they are first read. State 0 accepts nothing.
 * Symbols are code points, and names of variables as `${name}`.
 */
export interface Automaton {
  readonly start: number;
  next(state: number, symbol: string): number;
  accepts(state: number): boolean;
  /** Whether every continuation is accepted. */
  acceptsAll(state: number): boolean;
  /** Symbols with an own transition. All other characters have one transition in common. */
  symbols(state: number): readonly string[];
}

/**
 * How an automaton reads the value of a variable.
 * - `same`: only the same variable of the pattern matches it.
 * - `surely`: the same variable, and a `*` that matches every character. It accepts no text too many.
 * - `possibly`: the value may be any text. It misses no text.
 */
export type VariableReading = 'same' | 'surely' | 'possibly';

export const DEAD = 0;

/** Symbol of a variable: longer than one character, so it equals no character. */
export const variableSymbol = (name: string): string => `\${${name}}`;

export const isVariable = (symbol: string): boolean => symbol.length > 2;

const acceptsEvery = (token: PatternToken | undefined): boolean =>
  token?.kind === 'star' && token.except === '';

interface State {
  /** Positions as `pattern * width + index`, ascending. */
  readonly positions: readonly number[];
  readonly accepts: boolean;
  readonly acceptsAll: boolean;
  readonly symbols: readonly string[];
  readonly next: Map<string, number>;
}

/** Automaton of the texts that one of the patterns matches. */
export class PatternAutomaton implements Automaton {
  public readonly start: number;
  private readonly width: number;
  private readonly hasStars: boolean;
  private readonly states: State[] = [];
  private readonly ids = new Map<string, number>();

  constructor(
    private readonly patterns: readonly Pattern[],
    private readonly reading: VariableReading = 'same',
  ) {
    this.width = Math.max(0, ...patterns.map((pattern) => pattern.length)) + 1;
    this.hasStars = patterns.some((pattern) => pattern.some(acceptsEvery));
    this.intern([]);
    this.start = this.intern(patterns.flatMap((_, index) => this.enter(index, 0)));
  }

  public next(state: number, symbol: string): number {
    const from = this.states[state];
    if (!from || state === DEAD) return DEAD;
    const label = isVariable(symbol) || from.symbols.includes(symbol) ? symbol : '';
    const known = from.next.get(label);
    if (known !== undefined) return known;
    const reached: number[] = [];
    for (const position of from.positions) reached.push(...this.move(position, symbol));
    const target = this.intern(reached);
    from.next.set(label, target);
    return target;
  }

  public accepts(state: number): boolean {
    return this.states[state]?.accepts ?? false;
  }

  public acceptsAll(state: number): boolean {
    return this.states[state]?.acceptsAll ?? false;
  }

  public symbols(state: number): readonly string[] {
    return this.states[state]?.symbols ?? [];
  }

  private token(position: number): PatternToken | undefined {
    return this.patterns[Math.floor(position / this.width)]?.[position % this.width];
  }

  /** Positions that are reached without reading: a star also matches nothing. */
  private enter(pattern: number, index: number): number[] {
    const position = pattern * this.width + index;
    return this.token(position)?.kind === 'star' ? [position, ...this.enter(pattern, index + 1)] : [position];
  }

  private move(position: number, symbol: string): number[] {
    const token = this.token(position);
    if (!token) return [];
    const [pattern, index] = [Math.floor(position / this.width), position % this.width];
    if (isVariable(symbol)) return this.readVariable(token, pattern, index, symbol);
    switch (token.kind) {
      case 'character':
        return token.oneOf.includes(symbol) ? this.enter(pattern, index + 1) : [];
      case 'any':
        return token.except.includes(symbol) ? [] : this.enter(pattern, index + 1);
      case 'star':
        return token.except.includes(symbol) ? [] : this.enter(pattern, index);
      case 'variable':
        return [];
    }
  }

  private readVariable(token: PatternToken, pattern: number, index: number, symbol: string): number[] {
    if (this.reading === 'possibly') {
      const length = this.patterns[pattern]?.length ?? 0;
      return Array.from({ length: length - index + 1 }, (_, step) => pattern * this.width + index + step);
    }
    if (token.kind === 'variable' && variableSymbol(token.name) === symbol)
      return this.enter(pattern, index + 1);
    return this.reading === 'surely' && acceptsEvery(token) ? this.enter(pattern, index) : [];
  }

  private intern(reached: readonly number[]): number {
    const positions = this.withoutDominated([...new Set(reached)].sort((a, b) => a - b));
    const key = positions.join();
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const id = this.states.push(this.stateOf(positions)) - 1;
    this.ids.set(key, id);
    return id;
  }

  /** A later `*` of a pattern accepts everything that an earlier position of the pattern accepts. */
  private withoutDominated(positions: readonly number[]): readonly number[] {
    if (!this.hasStars) return positions;
    const lastStar = new Map<number, number>();
    for (const position of positions) {
      if (acceptsEvery(this.token(position))) lastStar.set(Math.floor(position / this.width), position);
    }
    return positions.filter((position) => position >= (lastStar.get(Math.floor(position / this.width)) ?? 0));
  }

  private stateOf(positions: readonly number[]): State {
    const tokens = positions.map((position) => this.token(position));
    return {
      positions,
      accepts: tokens.includes(undefined),
      acceptsAll: positions.some(
        (position) => acceptsEvery(this.token(position)) && this.token(position + 1) === undefined,
      ),
      symbols: [...new Set(tokens.flatMap((token) => (token ? ownSymbols(token) : [])))],
      next: new Map(),
    };
  }
}

function ownSymbols(token: PatternToken): readonly string[] {
  switch (token.kind) {
    case 'character':
      return [...token.oneOf];
    case 'any':
    case 'star':
      return [...token.except];
    case 'variable':
      return [variableSymbol(token.name)];
  }
}

/** Whether an automaton accepts a text without variables. */
export function matches(automaton: Automaton, text: string): boolean {
  return automaton.accepts([...text].reduce((state, each) => automaton.next(state, each), automaton.start));
}
