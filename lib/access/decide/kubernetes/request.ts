/** One question to the RBAC authorizer of Kubernetes: the witness of a comparison of roles. */
export type RbacRequest = RbacResourceRequest | RbacUrlRequest;

/** Request to a resource, with the attributes that the API server gives to the authorizer. */
export interface RbacResourceRequest {
  /** Verb such as `get`, `create` or `impersonate-on:user-info:list`. */
  readonly verb: string;
  /** API group. The core group is an empty text. */
  readonly apiGroup: string;
  /** Plural name such as `pods`. */
  readonly resource: string;
  /** Absent for a request to the resource itself. */
  readonly subresource?: string;
  /**
   * Name of the object. Absent for requests without a name: `create` and `deletecollection`, and `list` and `watch`
   * without a field selector on `metadata.name`.
   */
  readonly name?: string;
}

/** Request to a path that is not a resource. */
export interface RbacUrlRequest {
  /** HTTP method in lower case, such as `get`. */
  readonly verb: string;
  /** Path such as `/healthz`. */
  readonly path: string;
}
