/** Terraform resource that declares a node or an edge. */
export interface AccessSource {
  /** Name of the stack. */
  readonly stack: string;
  /** Address in the stack, for example `google_project_iam_member.loader`. */
  readonly address: string;
  /**
   * Path of the argument that states the access, for example `policy.Statement[1]`.
   * @default - the whole resource
   */
  readonly path?: string;
  /**
   * Path of the construct in the tree.
   * @default - another tool wrote the stack
   */
  readonly constructPath?: string;
}
