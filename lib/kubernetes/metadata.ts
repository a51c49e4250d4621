/** Metadata of a Kubernetes object, as a Namespace and a Role take it. */
interface ObjectMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * Metadata in the type that the installed bindings give it. The bindings for provider 2 type `metadata` of a Namespace
 * and of a Role as one block, those for provider 3 as a list. Both pass one block on to Terraform as it is.
 */
export function objectMetadata<Typed>(metadata: ObjectMetadata): Typed {
  return metadata as Typed;
}
