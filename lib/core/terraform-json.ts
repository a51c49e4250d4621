import { escapeTerraform } from './names';

const DOLLAR_BEFORE_TOKEN = /\$(?=\$\{TfToken\[)/g;

/**
 * A JSON text in a string of the Terraform configuration. Terraform evaluates the string to the same JSON: "${" and
 * "%{" are literal, and tokens are replaced by their values.
 */
export function terraformJson(value: unknown, indent?: number): string {
  const json = JSON.stringify(value, undefined, indent);
  // Terraform reads "$" before an expression as an escape, so JSON's own escape represents that character.
  return escapeTerraform(json.replaceAll(DOLLAR_BEFORE_TOKEN, '\\u0024'));
}
