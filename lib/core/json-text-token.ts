import type { IResolvable, IResolveContext } from 'cdktf';

/**
 * Attributes of resources that contain no quotation mark, backslash or line break: names and addresses that a cloud
 * restricts or assigns. They need no encoding, so plans stay readable.
 */
const PLAIN_ATTRIBUTE =
  /^(?:data\.)?[a-z0-9]+_\w+\.[\w-]+(?:\.\w+|\[\d+\])*\.(?:\w*arn|\w*id|\w*name|\w*number|\w*email|\w*url|\w*uri|\w*endpoint|bucket|region|location|zone)$/;

/**
 * A token inside of a text in JSON. Its value is known to Terraform only and can contain quotation marks, so Terraform
 * encodes the value. The quotation marks around the encoded value are removed, because the JSON already has them.
 */
export class JsonTextToken implements IResolvable {
  public readonly creationStack: string[] = [];

  /** @param token string token, as cdktf writes it */
  constructor(private readonly token: string) {}

  public resolve(context: IResolveContext): string {
    return partsOf(String(context.resolve(this.token)))
      .map(({ text, isExpression }) => (isExpression ? encoded(text) : JSON.stringify(text).slice(1, -1)))
      .join('');
  }

  public toString(): string {
    return this.token;
  }
}

/**
 * The expression for one value. `substr(…, 0, -1)` returns the same text and fails for `null`, which `jsonencode` would
 * accept. https://developer.hashicorp.com/terraform/language/functions/substr
 */
function encoded(expression: string): string {
  if (PLAIN_ATTRIBUTE.test(expression)) return `\${${expression}}`;
  const json = `jsonencode(substr(${expression}, 0, -1))`;
  return `\${substr(${json}, 1, length(${json}) - 2)}`;
}

interface Part {
  readonly text: string;
  readonly isExpression: boolean;
}

/** Literal parts and expressions of a template. A resolved token can be a text with several expressions. */
function partsOf(template: string): Part[] {
  const parts: Part[] = [];
  let rest = template;
  for (;;) {
    // "$${" is a literal "${".
    const start = rest.search(/(?<!\$)\$\{/);
    if (start < 0) return rest === '' ? parts : [...parts, { text: rest, isExpression: false }];
    const end = endOfExpression(rest, start + 2);
    if (start > 0) parts.push({ text: rest.slice(0, start), isExpression: false });
    parts.push({ text: rest.slice(start + 2, end), isExpression: true });
    rest = rest.slice(end + 1);
  }
}

/** Index of the brace that closes an expression. Texts in the expression can contain braces. */
function endOfExpression(template: string, start: number): number {
  let depth = 1;
  let isText = false;
  for (let at = start; at < template.length; at++) {
    const sign = template[at];
    if (isText && sign === '\\') at += 1;
    else if (sign === '"') isText = !isText;
    else if (!isText && sign === '{') depth += 1;
    else if (!isText && sign === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return template.length;
}
