/** Caller of a request. */
export interface AwsPrincipal {
  /** Type of the principal, as in the element `Principal`. */
  readonly type: 'AWS' | 'Service' | 'Federated';
  /** ARN of a user, role or session; name of a service; ARN or name of an identity provider. */
  readonly id: string;
}

/** One request to AWS: the witness of a comparison of policies. */
export interface AwsRequest {
  /** Absent when the policies are those of an identity. */
  readonly principal?: AwsPrincipal;
  /** Action such as `s3:GetObject`. */
  readonly action: string;
  /** Absent for trust policies: the resource is the role. */
  readonly resource?: string;
  /** Values of condition keys. A key that is not listed is absent in the request. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}
