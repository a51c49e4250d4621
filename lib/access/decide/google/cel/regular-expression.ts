import { glob, type Pattern, type PatternToken } from '../../patterns/pattern';

/** Alternatives of a part of a regular expression. */
type Alternatives = readonly Pattern[];

const MAX_ALTERNATIVES = 200;
const EVERYTHING = glob('*');
const ANY: PatternToken = { kind: 'any', except: '\n' };
const CLASSES: Readonly<Record<string, string>> = { d: '0-9', w: '0-9A-Za-z_' };

/** Thrown for a part of the syntax that has no pattern. */
class Unsupported extends Error {}

const unsupported = (): never => {
  throw new Unsupported();
};

function range(text: string): string {
  return text.replace(/(.)-(.)/gsu, (_, from: string, to: string) => {
    const [low, high] = [from.charCodeAt(0), to.charCodeAt(0)];
    if (high < low || high > 126) return unsupported();
    return Array.from({ length: high - low + 1 }, (_each, index) => String.fromCharCode(low + index)).join(
      '',
    );
  });
}

function product(left: Alternatives, right: Alternatives): Alternatives {
  if (left.length * right.length > MAX_ALTERNATIVES) return unsupported();
  return left.flatMap((first) => right.map((second) => [...first, ...second]));
}

/** Reader of the part of RE2 syntax that patterns express: https://github.com/google/re2/wiki/Syntax */
class Reader {
  private position = 0;

  constructor(private readonly characters: readonly string[]) {}

  /** Texts that contain a match. */
  public search(): Alternatives {
    const result: Pattern[] = [];
    do {
      const start = this.take('^') ? [] : EVERYTHING;
      const inner = this.sequence();
      const end = this.take('$') ? [] : EVERYTHING;
      result.push(...inner.map((each) => [...start, ...each, ...end]));
    } while (this.take('|'));
    if (this.position < this.characters.length) unsupported();
    return result;
  }

  private get next(): string | undefined {
    return this.characters[this.position];
  }

  private take(character: string): boolean {
    if (this.next !== character) return false;
    this.position++;
    return true;
  }

  private sequence(): Alternatives {
    let result: Alternatives = [[]];
    while (this.next !== undefined && !'|)$'.includes(this.next)) {
      result = product(result, this.repeated(this.atom()));
    }
    return result;
  }

  private atom(): Alternatives {
    const character = this.characters[this.position++] ?? '';
    if (character === '(') return this.group();
    if (character === '[') return [[this.characterClass()]];
    if (character === '.') return [[ANY]];
    if (character === '\\') return [[this.escape()]];
    if ('^*+?{'.includes(character)) return unsupported();
    return [[{ kind: 'character', oneOf: character }]];
  }

  private group(): Alternatives {
    if (this.take('?') && !this.take(':')) return unsupported();
    const result: Pattern[] = [];
    do result.push(...this.sequence());
    while (this.take('|'));
    return this.take(')') ? result : unsupported();
  }

  private escape(): PatternToken {
    const character = this.characters[this.position++] ?? 'z';
    const named = CLASSES[character];
    if (named !== undefined) return { kind: 'character', oneOf: range(named) };
    return /[A-Za-z0-9]/.test(character) ? unsupported() : { kind: 'character', oneOf: character };
  }

  private characterClass(): PatternToken {
    const isNegated = this.take('^');
    const rest = this.characters.slice(this.position);
    const end = rest.indexOf(']', 1);
    const content = rest.slice(0, end).join('');
    if (end < 0 || /[[\\]/.test(content)) return unsupported();
    this.position += end + 1;
    const listed = range(content);
    return isNegated ? { kind: 'any', except: listed } : { kind: 'character', oneOf: listed };
  }

  private repeated(atom: Alternatives): Alternatives {
    const sign = ['*', '+', '?'].find((each) => this.take(each));
    if (this.next === '{') return unsupported();
    if (sign === undefined) return atom;
    // A lazy repetition matches the same texts.
    this.take('?');
    if (this.next !== undefined && '*+?{'.includes(this.next)) return unsupported();
    if (sign === '?') return [[], ...atom];
    const token = atom.length === 1 && atom[0]?.length === 1 ? atom[0][0] : undefined;
    if (token?.kind !== 'any') return unsupported();
    const star: PatternToken = { kind: 'star', except: token.except };
    return [sign === '+' ? [token, star] : [star]];
  }
}

/** Patterns of the texts in which an RE2 expression finds a match; undefined where patterns do not express it. */
export function regularPatterns(source: string): readonly Pattern[] | undefined {
  try {
    return new Reader([...source]).search();
  } catch (error) {
    if (error instanceof Unsupported) return undefined;
    throw error;
  }
}
