import { stepsOf } from '../../../lib/model/values/paths';
import type { ConfigurationChange } from '../../../lib/access/why-not/change';
import type { Configuration } from '../../synth';

type Holder = Record<string | number, unknown>;

/** Applies a change to a copy of a configuration, as a person edits it. */
export function withChange(configuration: Configuration, change: ConfigurationChange): Configuration {
  const copy = structuredClone(configuration);
  const all = copy.resource as Record<string, Record<string, object>>;
  if (change.kind === 'add') {
    all[change.type] = { ...all[change.type], added: change.values };
    return copy;
  }
  const [type = '', name = ''] = change.address.split('.');
  const value = change.kind === 'set' ? change.value : undefined;
  edit(all[type]![name] as Holder, stepsOf(change.path), value);
  return copy;
}

/** Edits a value in place; a text on the way is a JSON document. */
function edit(holder: Holder, [step = '', ...rest]: readonly (string | number)[], value: unknown): void {
  if (rest.length === 0) {
    if (value !== undefined) holder[step] = value;
    else if (Array.isArray(holder)) holder.splice(Number(step), 1);
    else Reflect.deleteProperty(holder, step);
    return;
  }
  const inner = holder[step];
  if (typeof inner === 'string') {
    const document = JSON.parse(inner) as Holder;
    edit(document, rest, value);
    holder[step] = JSON.stringify(document);
  } else if (!Array.isArray(inner) && rest[0] === 0) {
    // One block may be an object.
    if (rest.length > 1) edit(inner as Holder, rest.slice(1), value);
    else holder[step] = value;
  } else {
    edit(inner as Holder, rest, value);
  }
}
