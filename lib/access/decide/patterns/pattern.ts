/** One part of a pattern. Characters are Unicode code points. */
export type PatternToken =
  /** One character, which is one of these. */
  | { readonly kind: 'character'; readonly oneOf: string }
  /** One character, which is none of these. */
  | { readonly kind: 'any'; readonly except: string }
  /** Any number of characters, of which none is one of these. */
  | { readonly kind: 'star'; readonly except: string }
  /** The value of a variable, which is known when a request is made. */
  | { readonly kind: 'variable'; readonly name: string };

/** A set of texts: a sequence of tokens. */
export type Pattern = readonly PatternToken[];

/** How a text becomes a pattern. */
export interface PatternOptions {
  /**
   * Whether a letter matches both of its cases.
   * @default false
   */
  readonly ignoreCase?: boolean;
  /**
   * Characters that `*` and `?` do not match.
   * @default - `*` and `?` match every character
   */
  readonly except?: string;
}

function character(text: string, ignoreCase: boolean): PatternToken {
  const cases = ignoreCase ? [text.toLowerCase(), text.toUpperCase()] : [];
  // A letter whose other case has two characters ("ß") has one case here.
  const single = cases.filter((each) => [...each].length === 1);
  return { kind: 'character', oneOf: [...new Set([text, ...single])].join('') };
}

/** Pattern that matches exactly one text. */
export function exactly(text: string, options: PatternOptions = {}): Pattern {
  return [...text].map((each) => character(each, options.ignoreCase ?? false));
}

/** Pattern in which `*` matches any number of characters and `?` matches one. */
export function glob(text: string, options: PatternOptions = {}): Pattern {
  const except = options.except ?? '';
  return [...text].map((each): PatternToken => {
    if (each === '*') return { kind: 'star', except };
    return each === '?' ? { kind: 'any', except } : character(each, options.ignoreCase ?? false);
  });
}

/** Names of the variables in a pattern. */
export function variablesOf(pattern: Pattern): readonly string[] {
  return pattern.flatMap((token) => (token.kind === 'variable' ? [token.name] : []));
}
