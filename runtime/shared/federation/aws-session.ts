import { COMMON_FAILURES, Failure } from '../http/failure';
import type { HttpResponse } from '../http/http';
import type { Send } from '../http/retry';
import { truncate, redact } from '../http/redact';
import { signed } from './signed';
import type { Token } from './token';

/** Credentials of AWS, by the names that Google's library knows. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly token: string;
}

/** Credentials of the function and endpoint of the Security Token Service, from the environment of Lambda. */
export interface LambdaEnvironment {
  readonly region: string;
  readonly stsEndpoint: string;
  readonly credentials: AwsCredentials;
}

/** Assumes a role for an hour, the longest session of role chaining. */
export async function assumeRole(
  send: Send,
  home: LambdaEnvironment,
  roleArn: string,
  sessionName: string,
): Promise<AwsCredentials> {
  const reply = await ask(send, home, {
    Action: 'AssumeRole',
    RoleArn: roleArn,
    RoleSessionName: sessionName,
    DurationSeconds: '3600',
  });
  if (reply.status !== 200) throw refused(reply, `did not give the role ${roleArn}`);
  return {
    accessKeyId: element(reply, 'AccessKeyId'),
    secretAccessKey: element(reply, 'SecretAccessKey'),
    token: element(reply, 'SessionToken'),
  };
}

/** Claims and lifetime of a web identity token of AWS. */
export interface WebIdentity {
  readonly audience: string;
  readonly signingAlgorithm: 'RS256' | 'ES384';
  readonly durationSeconds: number;
  /** Claims by name, which STS signs as `request_tags`. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Requests a token that AWS signs and that names the role of the caller.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html
 */
export async function webIdentityToken(
  send: Send,
  home: LambdaEnvironment,
  { audience, signingAlgorithm, durationSeconds, tags }: WebIdentity,
): Promise<Token> {
  const reply = await ask(send, home, {
    Action: 'GetWebIdentityToken',
    'Audience.member.1': audience,
    SigningAlgorithm: signingAlgorithm,
    DurationSeconds: String(durationSeconds),
    ...tagFields(tags),
  });
  if (reply.status !== 200) throw refused(reply, `gave no token for ${audience}`);
  return { value: element(reply, 'WebIdentityToken'), expires: Date.parse(element(reply, 'Expiration')) };
}

function tagFields(tags: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tags).flatMap(([key, value], index) => [
      [`Tags.member.${index + 1}.Key`, key],
      [`Tags.member.${index + 1}.Value`, value],
    ]),
  );
}

async function ask(
  send: Send,
  home: LambdaEnvironment,
  fields: Readonly<Record<string, string>>,
): Promise<HttpResponse> {
  const request = await signed(home, 'sts', home.region, {
    url: home.stsEndpoint,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...fields, Version: '2011-06-15' }).toString(),
  });
  return send('AWS STS', request);
}

function refused({ status, body }: HttpResponse, what: string): Failure {
  const code = /<Code>(\w+)<\/Code>/.exec(body)?.[1] ?? `HTTP ${status}`;
  // Other messages quote what was signed, and that has the session token in it.
  const message = code === 'AccessDenied' ? /<Message>([^<]*)<\/Message>/.exec(body)?.[1] : undefined;
  const why = message === undefined ? '' : ` (${truncate(redact(message), 500)})`;
  return new Failure(COMMON_FAILURES.AUTH_FAILED, `AWS STS ${what}: ${code}${why}.`);
}

function element({ body }: HttpResponse, name: string): string {
  const value = new RegExp(`<${name}>([^<]+)</${name}>`).exec(body)?.[1];
  if (value === undefined) {
    throw new Failure(COMMON_FAILURES.AUTH_FAILED, `The answer of AWS STS has no ${name}.`);
  }
  return value;
}
