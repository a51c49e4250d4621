import { Tokenization } from 'cdktf';
import { Construct } from 'constructs';

/** Expressions that Terraform evaluates only in a resource with `for_each` or `count`. */
const ITEM = /^(each\.(key|value)|count\.index)\b/;
/** Description that cdktf gives to the key and to the value of a `TerraformIterator`. */
const ITERATOR = /^<iterator (key|value)>$/;

/**
 * Whether a token reads the current item of a `TerraformIterator` or the index of a `TerraformCount`. A resource of a
 * construct has no `for_each`, and Terraform rejects such an expression in it.
 * https://developer.hashicorp.com/terraform/language/meta-arguments/for_each#the-each-object
 */
export function readsIterator(token: unknown): boolean {
  return Tokenization.reverse(token).some((part) => readsItem(part, new Set()));
}

/** Members of a token that a search for references can follow. */
interface TokenParts {
  readonly identifier?: unknown;
  readonly options?: { readonly displayHint?: unknown };
  readonly iterator?: unknown;
}

/**
 * Searches the expressions inside of a token. They are not resolved, because a `Lazy` value of the user is not ready
 * before the synthesis.
 */
function readsItem(part: unknown, seen: Set<object>): boolean {
  if (typeof part === 'string')
    return part.includes('TfToken[') && searchParts(Tokenization.reverse(part), seen);
  if (typeof part === 'number') return searchParts(Tokenization.reverse(part), seen);
  if (typeof part !== 'object' || part === null || seen.has(part)) return false;
  seen.add(part);
  if (Array.isArray(part)) return searchParts(part, seen);
  const { identifier, options, iterator } = part as TokenParts;
  if (typeof identifier === 'string' && ITEM.test(identifier)) return true;
  if (typeof options?.displayHint === 'string' && ITERATOR.test(options.displayHint)) return true;
  // A dynamic expression has its own iterator, and a construct is the target of an attribute.
  if (iterator !== undefined || Construct.isConstruct(part)) return false;
  return searchParts(Object.values(part), seen);
}

const searchParts = (parts: readonly unknown[], seen: Set<object>): boolean =>
  parts.some((part) => readsItem(part, seen));
