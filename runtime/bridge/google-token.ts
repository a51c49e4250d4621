import { AwsClient } from 'google-auth-library/build/src/auth/awsclient';
import { StsCredentials } from 'google-auth-library/build/src/auth/stscredentials';
import { GKE_ERRORS } from '../../lib/orchestration/bridge-errors';
import type { AwsExternalAccount, BridgeTarget } from '../../lib/orchestration/bridge-contract';
import { assumeRole, type AwsCredentials, type AwsHome } from './aws-session';
import { callerHeaders } from './caller';
import type { Run } from './execution';
import { Failure } from './failure';
import { googleTransport, type GoogleTransport } from './google-transport';
import type { Send } from './retry';
import type { Token } from './token-cache';

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

/** A token of Google for a run: AWS role with the run as its session, then workload identity federation. */
export async function mintToken(send: Send, home: AwsHome, target: BridgeTarget, run: Run): Promise<Token> {
  const aws = await assumeRole(send, home, target.roleArn, run.id);
  const transport = googleTransport(send, callerHeaders(run, target));
  const client = new FederatedClient(target.credentials, home.region, aws, transport);
  const { token } = await client.getAccessToken();
  const { expiry_date: expires } = client.credentials;
  if (!token || !expires) throw new Failure(GKE_ERRORS.AUTH_FAILED, 'The answer of Google has no token.');
  return { value: token, expires };
}
