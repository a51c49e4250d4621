import { ANY_PARTITION } from '../../../aws/account';
import type { State, StatesBlock } from '../asl/states';
import { INNER_BLOCKS, nestedKind } from './field-values';
import type { FieldKind, QueryLanguage } from './state-fields';
import { fieldsOf } from './state-fields';

/**
 * A definition without data and paths, for the schema of `asl-validator`. The schema rejects valid data: texts with line
 * breaks, empty texts, `null` in lists and keys such as `Next`. It also rejects valid paths. JSONata expressions are kept,
 * because the validator has a parser for them.
 * https://github.com/ChristopheBougere/asl-validator/issues/150
 */
export function skeletonOf(definition: StatesBlock): StatesBlock {
  const { QueryLanguage } = definition as { readonly QueryLanguage?: QueryLanguage };
  return blockSkeleton(definition, QueryLanguage ?? 'JSONPath');
}

function blockSkeleton(block: StatesBlock, language: QueryLanguage): StatesBlock {
  const States = Object.fromEntries(
    Object.entries(block.States).map(([name, state]) => [name, stateSkeleton(name, state, language)]),
  );
  return { ...block, States };
}

function stateSkeleton(name: string, state: State, machineLanguage: QueryLanguage): State {
  const language = (state.QueryLanguage as QueryLanguage | undefined) ?? machineLanguage;
  const fields = fieldsOf(state.Type, language) ?? {};
  const expressions: Record<string, string> = {};
  const inner = (block: unknown) => blockSkeleton(block as StatesBlock, machineLanguage);
  const kept: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(state)) {
    if (INNER_BLOCKS.includes(field)) {
      kept[field] = Array.isArray(value) ? value.map(inner) : inner(value);
    } else if (language === 'JSONata' && fields[field] === 'data') {
      collectExpressions(value, `definition.States["${name}"].${field}`, expressions);
    } else {
      Object.assign(kept, fieldSkeleton(field, value, fields[field] ?? 'plain'));
    }
  }
  return Object.keys(expressions).length === 0 ? kept : { ...kept, Output: expressions };
}

const PATHS: readonly FieldKind[] = ['path', 'reference', 'expression'];

function fieldSkeleton(field: string, value: unknown, kind: FieldKind): State {
  if (kind === 'plain') return { [field]: plain(value) };
  // Paths are checked by the library: a valid one takes their place.
  return PATHS.includes(kind) ? { [field]: value === null ? null : '$.path' } : {};
}

function plain(value: unknown): unknown {
  if (typeof value === 'string') return normalExpression(value) ?? withoutTokens(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, each]) => fieldSkeleton(key, each, nestedKind(key))),
  ) as unknown;
}

function collectExpressions(value: unknown, property: string, found: Record<string, string>): void {
  if (typeof value === 'string') {
    const expression = normalExpression(value);
    if (expression !== undefined) found[property] = expression;
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value)) collectExpressions(each, `${property}["${key}"]`, found);
  }
}

/** The schema knows the partitions `aws`, `aws-cn` and `aws-us-gov`, and no token. */
const PARTITION = new RegExp(`^arn:(${ANY_PARTITION}|\\$\\{TfToken\\[[^\\]]+\\]\\}):`);

/** Text for the schema. It accepts one `${…}` as a whole text, and Terraform can compute any part of a text. */
function withoutTokens(text: string): string {
  const plainPartition = text.replace(PARTITION, 'arn:aws:');
  return plainPartition.includes('${TfToken[') ? '${token}' : plainPartition;
}

/** The schema expects one line, and blanks inside of the delimiters. */
function normalExpression(text: string): string | undefined {
  const [, expression] = /^\{%([\s\S]*)%\}$/.exec(text) ?? [];
  return expression === undefined ? undefined : `{% ${expression.replace(/\s+/g, ' ').trim()} %}`;
}
