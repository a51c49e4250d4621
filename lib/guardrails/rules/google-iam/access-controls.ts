import { isComputedCopy } from '../../../model/computed';
import type { CheckedValue } from '../../checked-value';
import type { Subject } from '../../subject';

/*
 * Access without a role of IAM: access control lists of Cloud Storage, and access entries of BigQuery.
 * https://cloud.google.com/storage/docs/access-control/lists
 * https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/bigquery_dataset#nested_access
 */

/** Arguments that name an entity, by resource type. Those of a dataset are in its blocks `access`. */
const ENTITIES: Readonly<Record<string, readonly string[]>> = {
  google_bigquery_dataset: ['special_group', 'iam_member'],
  google_bigquery_dataset_access: ['special_group', 'iam_member'],
  google_storage_bucket_access_control: ['entity'],
  google_storage_bucket_acl: ['role_entity', 'predefined_acl', 'default_acl'],
  google_storage_default_object_access_control: ['entity'],
  google_storage_default_object_acl: ['role_entity'],
  google_storage_object_access_control: ['entity'],
  google_storage_object_acl: ['role_entity', 'predefined_acl'],
};

/** Resource types with such access. */
export const ACCESS_CONTROLS = Object.keys(ENTITIES);

/** Entities of such a resource: `allUsers`, `READER:allUsers`, or the name of a predefined list. */
export function entitiesOf(resource: Subject): readonly CheckedValue[] {
  // A provider computes a list from a predefined one, and the access of a dataset from other resources.
  const isOwn = (argument: string) => !isComputedCopy(resource.resource, argument);
  const names = ENTITIES[resource.type] ?? [];
  if (resource.type !== 'google_bigquery_dataset') {
    return names.filter(isOwn).flatMap((name) => resource.value(name).elements);
  }
  const entries = isOwn('access') ? resource.blocks('access') : [];
  return entries.flatMap((entry) => names.flatMap((name) => entry.value(name).elements));
}
