import { isObject } from '../../../core/is-object';
import type { ModelObject } from '../../../model/values/value';
import { ExportError, liveResource, modelValue, textIn, type LiveExport, type Unread } from './live-export';

/**
 * Resources of list blocks, as `terraform query -json` prints them, one object a line.
 * https://developer.hashicorp.com/terraform/cli/commands/query
 * A query lists a part of a cloud, so access that it does not list is not missing.
 * @param file name of the file, for addresses and messages
 * @param lines parsed JSON of each line
 * @throws ExportError if no line is of a query
 */
export function terraformQueryExport(file: string, lines: readonly unknown[]): LiveExport {
  const found = lines.filter(isObject);
  if (!found.some((line) => textIn(line, 'type').startsWith('list_'))) {
    throw new ExportError(
      `${file} must have the lines of a query (got none of the type list_start). Write them with "terraform query -json".`,
    );
  }
  const unread: Unread[] = found
    .filter((line) => textIn(line, 'type') === 'diagnostic')
    .map((line) => ({ what: textIn(line, '@message') || 'diagnostic', reason: 'The query reported it.' }));
  const resources = found.flatMap((line, index) => {
    const result = line.list_resource_found;
    if (textIn(line, 'type') !== 'list_resource_found' || !isObject(result)) return [];
    const type = textIn(result, 'resource_type');
    const label = textIn(result, 'display_name') || textIn(result, 'address');
    if (!isObject(result.resource_object)) {
      unread.push({
        what: `${type} ${label}`,
        reason: 'The result has no resource. Set include_resource in the list block.',
      });
      return [];
    }
    return [liveResource(file, type, `${label}#${index}`, modelValue(result.resource_object) as ModelObject)];
  });
  return { resources, covers: [], cloudMade: [], unread };
}
