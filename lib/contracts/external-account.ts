/**
 * Google's `external_account` configuration for AWS, as application default credentials read it: no secret inside.
 * https://google.aip.dev/auth/4117
 */
export interface AwsExternalAccount {
  /** Kind of the credential configuration. */
  readonly type: 'external_account';
  /** Full name of the provider of the workload identity pool. */
  readonly audience: string;
  /** Kind of the token that AWS credentials are exchanged for. */
  readonly subject_token_type: 'urn:ietf:params:aws:token-type:aws4_request';
  /** Token endpoint of the Security Token Service of Google Cloud. */
  readonly token_url: string;
  /** URL for the impersonation of a Google service account; undefined for a direct principal. */
  readonly service_account_impersonation_url?: string;
  /** Source of the AWS credentials. */
  readonly credential_source: {
    /** Version of the AWS credential source. */
    readonly environment_id: 'aws1';
    /** URL with the placeholder `{region}`, which the client replaces. */
    readonly regional_cred_verification_url: string;
    /** Metadata of an EC2 instance: its zone. */
    readonly region_url?: string;
    /** Metadata of an EC2 instance: credentials of its role. */
    readonly url?: string;
    /** Metadata of an EC2 instance: the session of IMDSv2. */
    readonly imdsv2_session_token_url?: string;
  };
}
