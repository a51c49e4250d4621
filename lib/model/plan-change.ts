import { isRecord, recordOf, recordsOf, textOf, textsOf, type JsonRecord } from './values/json-record';
import { literalValue } from './values/literal-value';
import { pathOf } from './values/paths';
import type { OutputChange, PlanAction, PlanChange, PlanCheck, PlanImport } from './plan';
import { plannedObject, plannedValue, type ExpressionReferences } from './plan-value';
import { markedPaths } from './values/sensitive';

const ACTIONS: readonly string[] = ['create', 'delete', 'forget', 'no-op', 'read', 'update'];

/** Configuration of the resource or output of a change. */
export interface ChangeConfiguration {
  readonly expressions: unknown;
  readonly references: ExpressionReferences;
}

/** One entry of `resource_changes` or `resource_drift`. */
export function planChange(json: JsonRecord, { expressions, references }: ChangeConfiguration): PlanChange {
  const change = recordOf(json.change);
  const previousAddress = textOf(json.previous_address);
  const deposed = textOf(json.deposed);
  const actionReason = textOf(json.action_reason);
  const replacement = replacementOf(change.actions);
  return {
    address: textOf(json.address) ?? '',
    ...(previousAddress !== undefined && { previousAddress }),
    mode: json.mode === 'data' ? 'data' : 'managed',
    type: textOf(json.type) ?? '',
    name: textOf(json.name) ?? '',
    ...(deposed !== undefined && { deposed }),
    actions: actionsOf(change.actions),
    ...(replacement && { replacement }),
    ...(isRecord(change.before) && { before: plannedObject(change.before, {}, undefined, references) }),
    ...(hasAfter(change) && {
      after: plannedObject(change.after, change.after_unknown, expressions, references),
    }),
    afterFilled: [],
    beforeSensitive: markedPaths(change.before_sensitive),
    afterSensitive: markedPaths(change.after_sensitive),
    replacePaths: replacePathsOf(change.replace_paths),
    ...(actionReason !== undefined && { actionReason }),
    ...(isRecord(change.importing) && { importing: importOf(change.importing) }),
  };
}

/** A tool can omit the values after a change if all are unknown. */
function hasAfter({ after, after_unknown: unknown }: JsonRecord): boolean {
  return isRecord(after) || (after === undefined && Object.keys(recordOf(unknown)).length > 0);
}

/** One entry of `output_changes`. */
export function outputChange(
  name: string,
  json: unknown,
  { expressions, references }: ChangeConfiguration,
): OutputChange {
  const change = recordOf(json);
  const isUnknown = change.after_unknown !== undefined && change.after_unknown !== false;
  return {
    name,
    actions: actionsOf(change.actions),
    ...(change.before !== null && change.before !== undefined && { before: literalValue(change.before) }),
    ...(((change.after !== null && change.after !== undefined) || isUnknown) && {
      after: plannedValue(change.after, change.after_unknown, expressions, references),
    }),
    sensitive: [change.before_sensitive, change.after_sensitive].some((mark) => markedPaths(mark).length > 0),
  };
}

/** One entry of `checks`. */
export function planCheck(json: JsonRecord): PlanCheck {
  return {
    address: textOf(recordOf(json.address).to_display) ?? '',
    status: textOf(json.status) ?? 'unknown',
    messages: recordsOf(json.instances)
      .flatMap(({ problems }) => recordsOf(problems))
      .flatMap(({ message }) => (typeof message === 'string' ? [message] : [])),
  };
}

/** Actions as a set. The order of `create` and `forget` differs between Terraform and OpenTofu. */
function actionsOf(actions: unknown): PlanAction[] {
  const known = textsOf(actions).map((action) =>
    ACTIONS.includes(action) ? (action as PlanAction) : 'unknown',
  );
  return known.length === 0 ? ['unknown'] : [...new Set(known)].sort();
}

function replacementOf(actions: unknown): PlanChange['replacement'] {
  const [first, ...others] = textsOf(actions).filter((action) =>
    ['create', 'delete', 'forget'].includes(action),
  );
  if (first === undefined || others.length === 0) return undefined;
  if ([first, ...others].includes('forget')) return 'forget';
  return first === 'create' ? 'create-first' : 'delete-first';
}

function replacePathsOf(paths: unknown): string[] {
  if (!Array.isArray(paths)) return [];
  return paths
    .filter(Array.isArray)
    .map((steps) =>
      steps
        .filter((step): step is string | number => typeof step === 'string' || typeof step === 'number')
        .reduce<string>(pathOf, ''),
    );
}

function importOf({ id, identity }: JsonRecord): PlanImport {
  return {
    ...(typeof id === 'string' && { id }),
    ...(isRecord(identity) && { identity: literalValue(identity) }),
  };
}
