/*
 * Comparison of texts for the evaluation of one request. It shares no code with the decision, so that a defect of one
 * of them shows as a disagreement.
 */

type Wildcard = { readonly wildcard: '*' | '?' };
type Token = string | Wildcard;

/** First value of a condition key; undefined if the request has no such key. */
export type Lookup = (key: string) => string | undefined;

const tokensOf = (text: string, wildcards: boolean): Token[] =>
  Array.from(text, (each) => (wildcards && (each === '*' || each === '?') ? { wildcard: each } : each));

/**
 * Tokens of a text of a policy, with the values of its variables; undefined if a variable has no value.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function expand(
  text: string,
  wildcards: boolean,
  lookup: Lookup | undefined,
): readonly Token[] | undefined {
  if (!lookup) return tokensOf(text, wildcards);
  const tokens: Token[] = [];
  // The capture group puts the references at the odd places.
  for (const [index, part] of text.split(/\$\{([^{}]*)\}/).entries()) {
    if (index % 2 === 0) {
      tokens.push(...tokensOf(part, wildcards));
      continue;
    }
    const [key = '', fallback] = part.split(/,(.*)/s).map((each) => each.trim());
    const value = ['*', '?', '$'].includes(part) ? part : (lookup(key) ?? fallback?.slice(1, -1));
    if (value === undefined) return undefined;
    tokens.push(...value);
  }
  return tokens;
}

/** Whether a text matches, by trying again from the last `*` whenever a character differs. */
export function isLike(text: string, pattern: readonly Token[]): boolean {
  const characters = [...text];
  let [at, place, star, resume] = [0, 0, -1, 0];
  while (at < characters.length) {
    const token = pattern[place];
    if (typeof token === 'object' && token.wildcard === '*') {
      [star, resume] = [place, at];
      place++;
    } else if (token !== undefined && (typeof token === 'object' || token === characters[at])) {
      at++;
      place++;
    } else if (star >= 0) {
      resume++;
      [at, place] = [resume, star + 1];
    } else return false;
  }
  return pattern.slice(place).every((token) => typeof token === 'object' && token.wildcard === '*');
}

/** Parts of an ARN: the sixth has all further colons. */
function components(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (token === ':' && parts.length < 6) parts.push([]);
    else parts[parts.length - 1]?.push(token);
  }
  return parts;
}

/** Whether an ARN matches another, component by component. */
export function isArnLike(arn: string, pattern: readonly Token[]): boolean {
  const [actual, wanted] = [components([...arn]), components(pattern)];
  return (
    actual.length === 6 &&
    wanted.length === 6 &&
    wanted.every((part, index) => isLike((actual[index] ?? []).join(''), part))
  );
}
