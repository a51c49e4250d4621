import { Fn, Token, Tokenization } from 'cdktf';
import { JsonTextToken } from './json-text-token';
import { escapeTerraform } from './names';

const DOLLAR_BEFORE_TOKEN = /\$(?=\$\{TfToken\[)/g;
/** Tokens in JSON: a text `${TfToken[…]}`, a list `["#{TfToken[…]}"]` and a map `{"&{TfToken[…]}": …}`. */
const TOKEN =
  /\$\{TfToken\[[^\]]+\]\}|\[\s*"#\{TfToken\[[^\]]+\]\}"\s*\]|\{\s*"&\{TfToken\[[^\]]+\]\}":[^{}]*\}/g;

/**
 * A JSON text in a string of the Terraform configuration. Terraform evaluates the string to the same JSON: "${" and
 * "%{" are literal, and tokens are replaced by their values, encoded as JSON.
 */
export function terraformJson(value: unknown, indent?: number): string {
  const json = JSON.stringify(withListTokens(value), undefined, indent);
  // Terraform reads "$" before an expression as an escape, so JSON's own escape represents that character.
  return withEncodedTokens(escapeTerraform(json.replaceAll(DOLLAR_BEFORE_TOKEN, '\\u0024')));
}

/**
 * The same, for values whose texts follow the rules of Terraform: "$${" is a literal "${", for example in a variable of
 * an IAM policy.
 */
export function terraformTextJson(value: unknown): string {
  return withEncodedTokens(JSON.stringify(withListTokens(value)));
}

/** A token that is an object, for example `variable.value`, has no JSON. It becomes a list token with the same value. */
function withListTokens(value: unknown): unknown {
  if (Tokenization.isResolvable(value)) return Token.asList(value);
  if (Array.isArray(value)) return value.map(withListTokens);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withListTokens(each)]));
}

function withEncodedTokens(json: string): string {
  return json.replaceAll(TOKEN, (token) =>
    Token.asString(token.startsWith('$') ? new JsonTextToken(token) : Fn.jsonencode(JSON.parse(token))),
  );
}
