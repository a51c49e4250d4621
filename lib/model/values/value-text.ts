import { isComputed, type ComputedValue, type ModelValue } from './value';

/** Text of a value as an expression of Terraform, for messages and for keys of objects: `aws_iam_role.reader.arn`. */
export function expressionText(value: ModelValue | undefined): string {
  if (isComputed(value)) return computedText(value);
  if (Array.isArray(value)) return `[${value.map(expressionText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const items = Object.entries(value).map(
    ([key, each]) => `${JSON.stringify(key)} = ${expressionText(each)}`,
  );
  return `{ ${items.join(', ')} }`;
}

/** Text of a value inside of a template: `${aws_iam_role.reader.arn}` or the literal text. */
export function templateText(value: ModelValue): string {
  if (isComputed(value)) {
    return value.$kind === 'template' ? value.parts.map(templateText).join('') : `\${${computedText(value)}}`;
  }
  return typeof value === 'string' ? escaped(value) : `\${${expressionText(value)}}`;
}

/** Literal text as Terraform writes it in a template. */
export function escaped(text: string): string {
  return text.includes('{') ? text.replace(/[$%]\{/g, (sign) => `${sign.charAt(0)}${sign}`) : text;
}

function computedText(value: ComputedValue): string {
  switch (value.$kind) {
    case 'reference':
      return [value.address, value.attribute].filter((part) => part !== '').join('.');
    case 'template':
      return `"${value.parts.map(templateText).join('')}"`;
    case 'call':
      return `${value.name}(${value.arguments.map(expressionText).join(', ')})`;
    case 'expression':
      return value.text;
    case 'dynamic':
      return `[for each in ${expressionText(value.forEach)} : ${expressionText(value.content)}]`;
    case 'unknown':
      return '(known after apply)';
  }
}
