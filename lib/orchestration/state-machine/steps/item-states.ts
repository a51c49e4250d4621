import { STEP_ERRORS } from '../../../contracts/step-errors';
import { fieldsRead, mapPaths } from '../fields-read';
import type { State, StatesBlock } from '../asl/states';
import { requiredFields } from './required-fields';

const ITEM = '$$.Map.Item.Value';

/** Selection of the input of an item, and the states of the item. */
export interface ItemStates {
  readonly ItemSelector?: unknown;
  readonly block: StatesBlock;
}

/**
 * States of an item whose selector reads fields of the item. A selector that reads an absent field ends the execution, so
 * the selector passes the item on, and the first states of the item check its fields and select.
 */
export function itemStates(
  step: string,
  block: StatesBlock,
  itemSelector: Readonly<Record<string, unknown>> | undefined,
): ItemStates {
  const values: Record<string, string> = {};
  const names = new Map<string, string>();
  const selected = mapPaths(itemSelector, (path) => {
    if (path.startsWith(ITEM)) return `$.item${path.slice(ITEM.length)}`;
    if (path.startsWith('$$') && !path.startsWith('$$.Map.')) return path;
    const name = names.get(path) ?? `value${names.size}`;
    names.set(path, name);
    values[`${name}.$`] = path;
    return `$.${name}`;
  });
  const fields = fieldsRead(selected).filter((path) => /^\$\.item[.[]/.test(path));
  if (fields.length === 0) return { ItemSelector: itemSelector, block };
  const at = (part: string) => `${step}: ${part}`;
  const select: State = { Type: 'Pass', Parameters: selected, Next: block.StartAt };
  return {
    ItemSelector: { 'item.$': ITEM, ...values },
    block: {
      StartAt: at('validate item'),
      States: {
        ...requiredFields({
          name: at('validate item'),
          fields,
          next: at('item'),
          missing: {
            name: at('item incomplete'),
            error: STEP_ERRORS.BAD_REQUEST,
            subject: 'The item of the Map',
            shown: fields.map((path) => `${ITEM}${path.slice('$.item'.length)}`),
          },
        }),
        [at('item')]: select,
        ...block.States,
      },
    },
  };
}
