/** Attributes for which condition A is true and condition B is not: the witness of a comparison of conditions. */
export interface CelRequest {
  /** Values by name: `resource.name`, `request.time`, `assertion.sub`; `tag KEY` for a tag of the resource. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Attributes that the request does not have. Attributes that neither condition uses have any value. */
  readonly absent: readonly string[];
}
