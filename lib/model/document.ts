import { joined, objectOf } from './values/expression';
import { isRecord } from './values/json-record';
import { isComputed, type ComputedValue, type ModelValue } from './values/value';
import { templateText } from './values/value-text';

/** JSON document in a text of a resource. */
export type ModelDocument =
  | {
      /** The document is parsed. It can contain computed values. */
      readonly kind: 'parsed';
      /** Content. A `null` in it is kept. */
      readonly value: ModelValue;
    }
  | {
      /** Only Terraform knows the text. */
      readonly kind: 'unknown';
      /** Expression of the text. */
      readonly value: ComputedValue;
    }
  | {
      /** The text is not JSON, or it is omitted. */
      readonly kind: 'invalid';
    };

/** Parses the document of a value whose references are resolved. */
export function documentOf(value: ModelValue | undefined): ModelDocument {
  if (typeof value === 'string') return parsed([value]);
  if (!isComputed(value)) return { kind: 'invalid' };
  if (value.$kind === 'template') return parsed(value.parts);
  if (value.$kind === 'call' && value.name === 'jsonencode') {
    const [argument = null] = value.arguments;
    return { kind: 'parsed', value: argument };
  }
  return { kind: 'unknown', value };
}

/** Marks of a computed part in the text while it is parsed: characters that are for private use. */
const MARKED = /\uE000(\d+)\uE001/;

function parsed(parts: readonly (string | ComputedValue)[]): ModelDocument {
  const computed: ComputedValue[] = [];
  let isInText = false;
  const texts = parts.map((part) => {
    if (typeof part === 'string') {
      isInText = endsInText(part, isInText);
      return part.replaceAll('\uE000', '\uFFFD');
    }
    const mark = `\uE000${computed.push(part) - 1}\uE001`;
    return isInText ? mark : `"${mark}"`;
  });
  try {
    return { kind: 'parsed', value: withParts(JSON.parse(texts.join('')), computed) };
  } catch (error) {
    // A RangeError is a document that exhausts the stack.
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
    return computed.length === 0
      ? { kind: 'invalid' }
      : { kind: 'unknown', value: { $kind: 'template', parts } };
  }
}

/** Whether a quoted text is open at the end of a part of JSON. */
function endsInText(json: string, isInText: boolean): boolean {
  const signs = json.match(/\\[^]|"/g) ?? [];
  const quotes = signs.filter((sign) => sign === '"').length;
  return quotes % 2 === 0 ? isInText : !isInText;
}

function withParts(json: unknown, computed: readonly ComputedValue[]): ModelValue {
  if (typeof json === 'string') return computed.length === 0 ? json : joined(partsOf(json, computed));
  if (Array.isArray(json)) return json.map((each) => withParts(each, computed));
  if (!isRecord(json)) return json as ModelValue;
  return objectOf(
    Object.entries(json).map(([name, value]) => [
      computed.length === 0 ? templateText(name) : partsOf(name, computed).map(templateText).join(''),
      withParts(value, computed),
    ]),
  );
}

/** Literal texts and computed values of a text with marks. */
function partsOf(text: string, computed: readonly ComputedValue[]): ModelValue[] {
  return text.split(MARKED).flatMap((part, index) => {
    const value = index % 2 === 0 ? part : computed[Number(part)];
    return value === undefined ? [] : [typeof value === 'string' ? value : decoded(value)];
  });
}

/** The value that an expression encodes as JSON, with or without the quotation marks. */
function decoded(value: ComputedValue): ModelValue {
  if (value.$kind !== 'call') return value;
  const [argument] = value.arguments;
  if (argument === undefined) return value;
  if (value.name === 'jsonencode') return unwrapped(argument);
  // `terraformJson` writes substr(jsonencode(substr(VALUE, 0, -1)), 1, …) inside of the quotation marks of a text.
  const isInner = value.name === 'substr' && isComputed(argument) && argument.$kind === 'call';
  return isInner && argument.name === 'jsonencode' && value.arguments[1] === 1 ? decoded(argument) : value;
}

/** The value of substr(VALUE, 0, -1), which is the whole text. */
function unwrapped(value: ModelValue): ModelValue {
  if (!isComputed(value) || value.$kind !== 'call' || value.name !== 'substr') return value;
  const [text = value, start, length] = value.arguments;
  return start === 0 && length === -1 ? text : value;
}
