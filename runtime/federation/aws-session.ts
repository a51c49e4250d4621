import { AwsV4Signer } from 'aws4fetch';
import { COMMON_FAILURES, Failure } from '../http/failure';
import type { Reply } from '../http/http';
import type { Send } from '../http/retry';
import { clip, scrub } from '../http/scrub';

/** Credentials of AWS, by the names that Google's library knows. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly token: string;
}

/** What the function has from AWS Lambda: its own credentials, and where the token service is. */
export interface AwsHome {
  readonly region: string;
  readonly stsEndpoint: string;
  readonly credentials: AwsCredentials;
}

/** Takes on a role for an hour, the longest for one that is taken on from another. */
export async function assumeRole(
  send: Send,
  home: AwsHome,
  roleArn: string,
  sessionName: string,
): Promise<AwsCredentials> {
  const signed = await new AwsV4Signer({
    ...home.credentials,
    sessionToken: home.credentials.token,
    service: 'sts',
    region: home.region,
    method: 'POST',
    url: home.stsEndpoint,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      Action: 'AssumeRole',
      Version: '2011-06-15',
      RoleArn: roleArn,
      RoleSessionName: sessionName,
      DurationSeconds: '3600',
    }).toString(),
  }).sign();
  const reply = await send('AWS STS', {
    method: signed.method,
    url: signed.url.toString(),
    headers: Object.fromEntries(signed.headers),
    body: signed.body as string,
  });
  if (reply.status !== 200) throw refused(reply, roleArn);
  return {
    accessKeyId: element(reply, 'AccessKeyId'),
    secretAccessKey: element(reply, 'SecretAccessKey'),
    token: element(reply, 'SessionToken'),
  };
}

function refused({ status, body }: Reply, roleArn: string): Failure {
  const code = /<Code>(\w+)<\/Code>/.exec(body)?.[1] ?? `HTTP ${status}`;
  // Other messages quote what was signed, and that has the session token in it.
  const message = code === 'AccessDenied' ? /<Message>([^<]*)<\/Message>/.exec(body)?.[1] : undefined;
  const why = message === undefined ? '' : ` (${clip(scrub(message), 500)})`;
  return new Failure(COMMON_FAILURES.AUTH_FAILED, `AWS STS did not give the role ${roleArn}: ${code}${why}.`);
}

function element({ body }: Reply, name: string): string {
  const value = new RegExp(`<${name}>([^<]+)</${name}>`).exec(body)?.[1];
  if (value === undefined) {
    throw new Failure(COMMON_FAILURES.AUTH_FAILED, `The answer of AWS STS has no ${name}.`);
  }
  return value;
}
