/*
 * Literals of query languages. Names are hostile input: none ends its literal or starts another clause.
 */

/** Controls, which can end a line of a query or change the shown order of its text. */
// eslint-disable-next-line no-control-regex -- control characters are what the pattern searches for
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

const escapedCode = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Text of Cloud Logging. https://cloud.google.com/logging/docs/view/logging-query-language */
export function loggingText(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replace(HIDDEN, escapedCode)}"`;
}

/** Regular expression of Cloud Logging, in which the pattern has its escapes already. */
export function loggingPattern(pattern: string): string {
  return `"${pattern.replaceAll('"', '\\x22').replace(HIDDEN, hexCode)}"`;
}

/** Text of BigQuery. https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical#string_and_bytes_literals */
export function bigQueryText(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replace(HIDDEN, escapedCode)}'`;
}

/**
 * Text of Athena. A hidden character is a part of an escape with `U&`.
 * https://trino.io/docs/current/language/types.html#varchar
 */
export function athenaText(text: string): string {
  const quoted = text.replaceAll("'", "''");
  if (quoted.search(HIDDEN) < 0) return `'${quoted}'`;
  const escaped = quoted
    .replaceAll('\\', '\\\\')
    .replace(HIDDEN, (character) => `\\${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `U&'${escaped}'`;
}

const hexCode = (character: string) => `\\x{${character.charCodeAt(0).toString(16)}}`;
