import { exactly, type glob, type Pattern, type PatternOptions } from '../patterns/pattern';

/** `${…}`: an escaped character, or a variable with an optional default. */
const REFERENCE = /\$\{([^{}]*)\}/g;
/** Key of a variable: `aws:username`, `aws:PrincipalTag/team`. */
const VARIABLE = /^\s*([\w.-]+:[^,'\s]+)\s*(,\s*'[^']*'\s*)?$/;

/**
 * Pattern of a text with policy variables; undefined if a reference is not understood.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function patternWithVariables(
  text: string,
  read: typeof glob,
  options: PatternOptions = {},
): Pattern | undefined {
  const tokens: Pattern[number][] = [];
  let end = 0;
  for (const match of text.matchAll(REFERENCE)) {
    const [whole, name = ''] = match;
    tokens.push(...read(text.slice(end, match.index), options));
    end = match.index + whole.length;
    if (['*', '?', '$'].includes(name)) tokens.push(...exactly(name));
    else if (VARIABLE.test(name)) tokens.push({ kind: 'variable', name: canonicalName(name) });
    else return undefined;
  }
  const rest = text.slice(end);
  return rest.includes('${') ? undefined : [...tokens, ...read(rest, options)];
}

/** Keys are not case-sensitive; defaults are. */
function canonicalName(name: string): string {
  const [, key = '', fallback = ''] = VARIABLE.exec(name) ?? [];
  return key.toLowerCase() + fallback.trim();
}

/** Key in a request that has the value of a variable, in lower case. */
export function keyOfVariable(name: string): string {
  return name.split(',')[0] ?? name;
}
