import { Subject } from './subject';
import { unknown, type Unknown } from './verdict';

/** JSON document in a text argument, as a subject of the same resource; the verdict if only Terraform knows it. */
export function documentIn(holder: Subject, argument: string): Subject | Unknown {
  const { property } = holder.value(argument);
  const document = holder.document(argument);
  if (document.kind === 'unknown') return unknown(`${property} is known after apply.`, property);
  if (document.kind === 'invalid') return unknown(`${property} must be a JSON document.`, property);
  return new Subject(holder.resource, holder.index, document.value, property);
}
