import { isSensitiveAt } from '../model/values/sensitive';
import { isComputed, isModelObject, isUnset, type ModelList, type ModelValue } from '../model/values/value';
import { pathOf } from '../model/values/paths';
import type { PlanChange } from '../model/plan';
import { masked } from './masked';
import type { AttributeChange } from './review';

/** Attributes whose values are names, numbers and switches. Values of other attributes are not shown. */
const SHOWN = new Set(
  (
    'account_id action actions aggregation_rule api_groups arn attribute_condition audience audiences ' +
    'availability_zone backoff_limit bucket cidr cidr_block cluster deletion_protection desired_count ' +
    'disabled display_name effect enabled enable_private_nodes engine engine_version force_destroy function_name ' +
    'handler host image initial_node_count instance_type issuer_uri kind location machine_type max_node_count ' +
    'max_replicas max_session_duration member members memory memory_size min_node_count min_replicas name namespace ' +
    'node_count node_locations not_actions not_resources path permissions port principal principals priority project ' +
    'project_id protocol provider_name publicly_accessible region release_channel replicas resource_names resources ' +
    'retention_days retention_in_days role role_id role_name role_arn runtime schedule schedule_expression ' +
    'secret_id service service_account service_account_id service_account_name source_arn stage state ' +
    'storage_class timeout title topic type verbs version versioning workload_identity_pool_id ' +
    'workload_identity_pool_provider_id workload_pool zone'
  ).split(' '),
);

/** Blocks of which no value is shown. The template of a pod is a block with an image. */
const HIDDEN =
  /(^|[.[_])(env|environment|variables|secret_string|secret_data|data|binary_data|user_data|metadata_startup_script|stringData|string_data|connection|content|body|template(?!\.(metadata|spec))|definition|tags|labels|annotations|args|command|value)([.[\]_"]|$)/i;

/** Path without the names in a hidden block, which belong to the user. */
function shownPath(path: string): string {
  const hidden = HIDDEN.exec(path);
  return hidden === null ? path : path.slice(0, hidden.index + hidden[0].length).replace(/[.[_"\]]+$/, '');
}

/** Changed attributes of a change, sorted by path. */
export function attributeChanges(change: PlanChange): readonly AttributeChange[] {
  const { before, after } = change;
  if (before === undefined || after === undefined) return [];
  const found: AttributeChange[] = [];
  // A plan with its configuration tells which values the provider computes. A reviewer learns nothing from them.
  const hasConfiguration = Object.values(after).some(isUnset);
  compare(before, after, '', (path, old, now) => {
    if (hasConfiguration && isOfProvider(now)) return;
    const isShown =
      SHOWN.has(lastName(path)) &&
      !HIDDEN.test(path) &&
      !isSensitiveAt(change.beforeSensitive, path) &&
      !isSensitiveAt(change.afterSensitive, path);
    const [left, right] = isShown ? [shown(old), shown(now)] : [undefined, undefined];
    found.push({
      path: masked(shownPath(path)),
      ...(left !== undefined && { before: left }),
      ...(right !== undefined && { after: right }),
    });
  });
  const unique = new Map(found.map((each) => [JSON.stringify(each), each]));
  return [...unique.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Whether a value is known after apply and the configuration does not refer to anything for it. */
function isOfProvider(value: ModelValue | undefined): boolean {
  return isComputed(value) && value.$kind === 'unknown' && value.references.length === 0;
}

type Visit = (path: string, before: ModelValue | undefined, after: ModelValue | undefined) => void;

/** Visits the deepest differences. Lists are compared by element, so that an insertion is one difference. */
function compare(
  before: ModelValue | undefined,
  after: ModelValue | undefined,
  path: string,
  visit: Visit,
): void {
  if (equal(before, after)) return;
  if (isModelObject(before) && isModelObject(after)) {
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      compare(before[name], after[name], pathOf(path, name), visit);
    }
    return;
  }
  if (Array.isArray(before) && Array.isArray(after)) return compareLists(before, after, path, visit);
  visit(path, before, after);
}

function compareLists(before: ModelList, after: ModelList, path: string, visit: Visit): void {
  const [removed, added] = [withoutEqual(before, after), withoutEqual(after, before)];
  const [first] = removed;
  const [second] = added;
  // One block on both sides is the same block with other arguments.
  if (removed.length === 1 && added.length === 1 && isModelObject(first) && isModelObject(second)) {
    return compare(first, second, path, visit);
  }
  for (const each of removed) visit(path, each, undefined);
  for (const each of added) visit(path, undefined, each);
}

/** Elements of a list that the other list does not have, each as often as it has more of them. */
function withoutEqual(list: ModelList, other: ModelList): readonly ModelValue[] {
  const left = other.map((each) => JSON.stringify(each));
  return list.filter((each) => {
    const index = left.indexOf(JSON.stringify(each));
    if (index < 0) return true;
    left.splice(index, 1);
    return false;
  });
}

function equal(one: ModelValue | undefined, other: ModelValue | undefined): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

function lastName(path: string): string {
  return (
    path
      .replace(/\[[^\]]*\]/g, '')
      .split('.')
      .at(-1) ?? ''
  );
}

/** Text of a scalar or of a list of scalars; nothing for blocks. */
function shown(value: ModelValue | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (isComputed(value)) return '(known after apply)';
  if (typeof value === 'object') {
    const scalars = Array.isArray(value) && value.every((each) => typeof each !== 'object' || each === null);
    return scalars ? masked((value as readonly unknown[]).join(', ')) : undefined;
  }
  return masked(String(value));
}
