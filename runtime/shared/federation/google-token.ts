import { AwsClient } from 'google-auth-library/build/src/auth/awsclient';
import { StsCredentials } from 'google-auth-library/build/src/auth/stscredentials';
import type { AwsExternalAccount } from '../../../lib/contracts/jobs';
import { assumeRole, type AwsCredentials, type LambdaEnvironment } from './aws-session';
import { COMMON_FAILURES, Failure } from '../http/failure';
import { googleTransport, type GoogleTransport } from './google-transport';
import type { Send } from '../http/retry';
import type { Token } from './token';

/** Without the second the API server knows the account by a number, not by its e-mail. */
const SCOPES = [
  'https://www.googleapis.com/auth/cloud-platform',
  'https://www.googleapis.com/auth/userinfo.email',
];

class FederatedClient extends AwsClient {
  constructor(
    account: AwsExternalAccount,
    region: string,
    aws: AwsCredentials,
    transporter: GoogleTransport,
  ) {
    super({
      type: account.type,
      audience: account.audience,
      subject_token_type: account.subject_token_type,
      token_url: account.token_url,
      service_account_impersonation_url: account.service_account_impersonation_url,
      aws_security_credentials_supplier: {
        getAwsRegion: () => Promise.resolve(region),
        getAwsSecurityCredentials: () => Promise.resolve(aws),
      },
      scopes: SCOPES,
      transporter,
      // The parameters come with a debug log of whole requests.
      useAuthRequestParameters: false,
    });
    // The library hands its transport to all requests but those of this one.
    this.stsCredential = new StsCredentials({ tokenExchangeEndpoint: account.token_url, transporter });
  }
}

/** Caller identity for the token exchange, and the run id. */
export interface CallerIdentity {
  /** AWS role that Google knows. */
  readonly roleArn: string;
  readonly credentials: AwsExternalAccount;
  /** Session of the role. */
  readonly runId: string;
  /** Go with each request to Google. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A token of Google for a run: AWS role with the run as its session, then workload identity federation. */
export async function fetchAccessToken(
  send: Send,
  home: LambdaEnvironment,
  caller: CallerIdentity,
): Promise<Token> {
  const aws = await assumeRole(send, home, caller.roleArn, caller.runId);
  const transport = googleTransport(send, caller.headers);
  const client = new FederatedClient(caller.credentials, home.region, aws, transport);
  const { token } = await client.getAccessToken();
  const { expiry_date: expires } = client.credentials;
  if (!token || !expires)
    throw new Failure(COMMON_FAILURES.AUTH_FAILED, 'The answer of Google has no token.');
  return { value: token, expires };
}
