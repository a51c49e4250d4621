import type { ModelDocument } from './document';
import type { ModelResource } from './model';
import { blocksAt, valuesAt, type ModelItem } from './values/paths';
import { isComputed, isModelObject, type ModelList, type ModelObject, type ModelValue } from './values/value';

/** Parses the documents that a data source includes. */
export type ParseDocument = (value: ModelItem) => ModelDocument;

/** Lists of a statement and their names in the policy. */
const LISTS = {
  actions: 'Action',
  not_actions: 'NotAction',
  resources: 'Resource',
  not_resources: 'NotResource',
} as const;

const PRINCIPALS = { principals: 'Principal', not_principals: 'NotPrincipal' } as const;

/**
 * Policy that a data source `aws_iam_policy_document` renders.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function policyDocument({ values }: ModelResource, parse: ParseDocument): ModelObject {
  const included = (name: string) => valuesAt(values, name).flatMap((each) => statementsIn(parse(each)));
  const own = blocksAt(values, 'statement').map((each) => (isComputed(each) ? each : statementOf(each)));
  const statements = [...included('source_json'), ...included('source_policy_documents'), ...own];
  const overrides = [...included('override_json'), ...included('override_policy_documents')];
  const replaced = new Set(overrides.map(sidOf).filter((sid) => sid !== undefined));
  return {
    Version: values.version ?? '2012-10-17',
    ...(values.policy_id !== undefined && { Id: values.policy_id }),
    Statement: [...statements.filter((each) => !replaced.has(sidOf(each) ?? '')), ...overrides],
  };
}

function statementsIn(document: ModelDocument): ModelItem[] {
  if (document.kind === 'unknown') return [document.value];
  return document.kind === 'parsed' ? valuesAt(document.value, 'Statement') : [];
}

function sidOf(statement: ModelValue): string | undefined {
  const [sid] = isModelObject(statement) ? valuesAt(statement, 'Sid') : [];
  return typeof sid === 'string' && sid !== '' ? sid : undefined;
}

function statementOf(block: ModelObject): ModelObject {
  const lists = Object.entries(LISTS).flatMap(([argument, name]): [string, ModelValue][] => {
    const found = valuesAt(block, argument).map(withVariables);
    return found.length === 0 ? [] : [[name, found]];
  });
  const principals = Object.entries(PRINCIPALS).flatMap(([argument, name]): [string, ModelValue][] => {
    const found = blocksAt(block, argument);
    return found.length === 0 ? [] : [[name, principalsOf(found)]];
  });
  const conditions = blocksAt(block, 'condition');
  return {
    ...(block.sid !== undefined && { Sid: block.sid }),
    Effect: block.effect ?? 'Allow',
    ...Object.fromEntries([...principals, ...lists]),
    ...(conditions.length > 0 && { Condition: conditionsOf(conditions) }),
  };
}

function principalsOf(blocks: readonly ModelItem[]): ModelValue {
  const byType = new Map<string, ModelItem[]>();
  for (const block of blocks) {
    const [type] = valuesAt(block, 'type');
    if (isComputed(block) || typeof type !== 'string') return isComputed(block) ? block : (type ?? '*');
    byType.set(type, [...(byType.get(type) ?? []), ...valuesAt(block, 'identifiers').map(withVariables)]);
  }
  // The provider renders the type "*" as the principal "*".
  return byType.has('*') ? '*' : Object.fromEntries(byType);
}

function conditionsOf(blocks: readonly ModelItem[]): ModelValue {
  const found: Record<string, Record<string, ModelList>> = {};
  for (const block of blocks) {
    const [test] = valuesAt(block, 'test');
    const [variable] = valuesAt(block, 'variable');
    if (isComputed(block)) return block;
    if (typeof test !== 'string' || typeof variable !== 'string')
      return [test, variable].find(isComputed) ?? {};
    const ofTest = (found[test] ??= {});
    ofTest[variable] = [...(ofTest[variable] ?? []), ...valuesAt(block, 'values').map(withVariables)];
  }
  return found;
}

/** The data source writes a variable of a policy as `&{aws:username}`. */
function withVariables(value: ModelItem): ModelItem {
  if (typeof value === 'string') return value.replaceAll('&{', '${');
  if (!isComputed(value) || value.$kind !== 'template') return value;
  return {
    ...value,
    parts: value.parts.map((part) => (typeof part === 'string' ? part.replaceAll('&{', '${') : part)),
  };
}
