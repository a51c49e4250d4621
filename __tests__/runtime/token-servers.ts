import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isSignedBy } from './aws-signature';
import { awsError, googleError, json, oauthError, type Answer } from './token-answers';
import { bodyOf, fields, flat, tagsIn } from './token-requests';
import type { AwsKeys, TokenServersOptions } from './token-servers-options';

/*
 * Stands in for the token services of both clouds, which cannot be had offline: AWS STS (AssumeRole), Google STS
 * (token exchange, which asks AWS who signed) and IAM Credentials (generateAccessToken). It checks signatures, so
 * that what passes here was truly signed with what was given before. It needs nothing of jest.
 */

export type Service = 'aws-sts' | 'google-sts' | 'iam-credentials';

export interface RecordedRequest {
  readonly service: Service;
  readonly headers: Readonly<Record<string, string>>;
  /** Fields of the body. */
  readonly body: Readonly<Record<string, unknown>>;
  /** `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`, once it was proved. */
  identity?: string;
  status?: number;
}

/** Answers that a service gives before it does its work again. */
export interface Trouble {
  readonly status: number;
  readonly times: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Session extends AwsKeys {
  readonly roleArn: string;
  readonly identity: string;
}

const SCOPES = ['cloud-platform', 'userinfo.email'].map((name) => `https://www.googleapis.com/auth/${name}`);

/** In what the servers issue, so that a test can look for it where it must not be. */
export const MARKER = 'tOkEnMaRkEr';

export class TokenServers {
  /** All requests in order. */
  public readonly requests: RecordedRequest[] = [];
  private readonly sessions = new Map<string, Session>();
  private readonly federated = new Map<string, Session>();
  private readonly given = new Map<string, number>();
  private readonly troubles = new Map<Service, { left: number; answer: Answer }>();
  private readonly server: Server = createServer((request, response) => void this.serve(request, response));

  constructor(private readonly options: TokenServersOptions) {}

  async start(port = 0): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Value of AWS_ENDPOINT_URL_STS. */
  get stsEndpoint(): string {
    return `${this.url}/aws-sts`;
  }

  /** Session of AWS behind a token of Google that was given without a service account. */
  sessionOf(token: string): string | undefined {
    return this.federated.get(token)?.identity;
  }

  /** `credentials` of a `BridgeTarget` that acts as an account. */
  credentialsFor(email: string) {
    return {
      type: 'external_account',
      audience: this.options.audience,
      subject_token_type: 'urn:ietf:params:aws:token-type:aws4_request',
      token_url: `${this.url}/google-sts/v1/token`,
      service_account_impersonation_url: `${this.url}/iam-credentials/v1/projects/-/serviceAccounts/${email}:generateAccessToken`,
      credential_source: {
        environment_id: 'aws1',
        regional_cred_verification_url:
          'https://sts.{region}.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15',
      },
    } as const;
  }

  /** Makes a service answer so a number of times. */
  trouble(service: Service, { status, times, headers, body = '{}' }: Trouble): void {
    this.troubles.set(service, { left: times, answer: { status, headers, body } });
  }

  /** The requests to one service. */
  to(service: Service): readonly RecordedRequest[] {
    return this.requests.filter((request) => request.service === service);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await bodyOf(request);
    const service = (request.url ?? '').split('/')[1] as Service;
    const recorded: RecordedRequest = { service, headers: flat(request), body: fields(text) };
    this.requests.push(recorded);
    const answer = this.nextTrouble(service) ?? this.answer(request, text, recorded);
    recorded.status = answer.status;
    response.writeHead(answer.status, answer.headers).end(answer.body);
  }

  private nextTrouble(service: Service): Answer | undefined {
    const trouble = this.troubles.get(service);
    if (trouble === undefined || trouble.left === 0) return undefined;
    trouble.left -= 1;
    return trouble.answer;
  }

  private answer(request: IncomingMessage, text: string, recorded: RecordedRequest): Answer {
    const path = request.url ?? '';
    if (path === '/aws-sts' && recorded.body.Action === 'GetWebIdentityToken') {
      return this.getWebIdentityToken(text, recorded);
    }
    if (path === '/aws-sts') return this.assumeRole(text, recorded);
    if (path === '/google-sts/v1/token') return this.exchange(recorded);
    const [, email, verb] =
      /^\/iam-credentials\/v1\/projects\/-\/serviceAccounts\/([^/:]+):(generate\w+)$/.exec(path) ?? [];
    if (email && verb === 'generateAccessToken') return this.generateAccessToken(email, recorded);
    if (email && verb === 'generateIdToken') return this.generateIdToken(email, recorded);
    return { status: 404, body: '{}' };
  }

  private assumeRole(text: string, recorded: RecordedRequest): Answer {
    const { headers, body } = recorded;
    const signed = { method: 'POST', url: this.stsEndpoint, headers, body: text };
    if (!isSignedBy(this.options.caller, signed)) {
      // AWS quotes what should have been signed, which has the session token in it.
      const quoted = `The Canonical String should have been x-amz-security-token:${headers['x-amz-security-token']}`;
      return awsError(403, 'SignatureDoesNotMatch', quoted);
    }
    const { Action, RoleArn, RoleSessionName } = body as Record<string, string>;
    if (Action !== 'AssumeRole') return awsError(400, 'InvalidAction', 'Unknown action');
    if (!RoleArn || !RoleSessionName || !/^[\w+=,.@-]{2,64}$/.test(RoleSessionName)) {
      return awsError(400, 'ValidationError', 'RoleArn or RoleSessionName');
    }
    if (!this.options.roles.includes(RoleArn)) {
      return awsError(403, 'AccessDenied', `User is not authorized to perform: sts:AssumeRole on ${RoleArn}`);
    }
    const session = this.newSession(RoleArn, RoleSessionName);
    recorded.identity = session.identity;
    return {
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><AssumedRoleUser><Arn>${session.identity}</Arn></AssumedRoleUser><Credentials><AccessKeyId>${session.accessKeyId}</AccessKeyId><SecretAccessKey>${session.secretAccessKey}</SecretAccessKey><SessionToken>${session.sessionToken}</SessionToken><Expiration>${after(3600)}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
    };
  }

  /** Signed by a session, and not by the caller itself. */
  private getWebIdentityToken(text: string, recorded: RecordedRequest): Answer {
    const { headers, body } = recorded;
    const key = /Credential=([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? '';
    const session = this.sessions.get(key);
    if (!session || !isSignedBy(session, { method: 'POST', url: this.stsEndpoint, headers, body: text })) {
      return awsError(403, 'SignatureDoesNotMatch', 'Not signed by a session.');
    }
    recorded.identity = session.identity;
    const token = this.options.webIdentityToken?.(session.roleArn, {
      audience: String(body['Audience.member.1']),
      signingAlgorithm: String(body.SigningAlgorithm),
      durationSeconds: Number(body.DurationSeconds),
      tags: tagsIn(body),
    });
    if (token === undefined) {
      return awsError(403, 'AccessDenied', 'User is not authorized to perform: sts:GetWebIdentityToken');
    }
    return {
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: `<GetWebIdentityTokenResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetWebIdentityTokenResult><WebIdentityToken>${token}</WebIdentityToken><Expiration>${after(Number(body.DurationSeconds))}</Expiration></GetWebIdentityTokenResult></GetWebIdentityTokenResponse>`,
    };
  }

  private newSession(roleArn: string, name: string): Session {
    const [, account, role] = /^arn:aws:iam::(\d+):role\/(?:.*\/)?([^/]+)$/.exec(roleArn) ?? [];
    const session = {
      roleArn,
      identity: `arn:aws:sts::${account}:assumed-role/${role}/${name}`,
      accessKeyId: `ASIA${randomUUID().replace(/-/g, '').slice(0, 16).toUpperCase()}`,
      secretAccessKey: `${MARKER}${randomUUID()}`,
      sessionToken: `IQoJb3JpZ2luX2Vj${MARKER}${randomUUID().replace(/-/g, '')}+/==`,
    };
    this.sessions.set(session.accessKeyId, session);
    return session;
  }

  private exchange(recorded: RecordedRequest): Answer {
    const { grant_type, audience, subject_token, subject_token_type, scope } = recorded.body as Record<
      string,
      string
    >;
    if (grant_type !== 'urn:ietf:params:oauth:grant-type:token-exchange')
      return oauthError('unsupported_grant_type');
    if (subject_token_type !== 'urn:ietf:params:aws:token-type:aws4_request')
      return oauthError('invalid_request');
    if (audience !== this.options.audience) return oauthError('invalid_target');
    if (!scope?.includes('cloud-platform')) return oauthError('invalid_scope');
    const session = this.callerIdentity(subject_token ?? '');
    if (session === undefined)
      return oauthError('invalid_grant', 'The AWS request is not signed as it must be.');
    recorded.identity = session.identity;
    if (!this.options.accepts(session.identity)) {
      return oauthError(
        'unauthorized_client',
        'The given credential is rejected by the attribute condition.',
      );
    }
    const token = `ya29.d.${MARKER}${randomUUID()}`;
    this.federated.set(token, session);
    return json(200, {
      access_token: token,
      issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      token_type: 'Bearer',
      expires_in: 3600,
    });
  }

  /** What AWS STS would say of the request that Google sends on: whose it is, if the signature is right. */
  private callerIdentity(subjectToken: string): Session | undefined {
    const { url, method, headers } = JSON.parse(decodeURIComponent(subjectToken)) as {
      url: string;
      method: string;
      headers: { key: string; value: string }[];
    };
    const byName = Object.fromEntries(headers.map(({ key, value }) => [key.toLowerCase(), value]));
    const { hostname, searchParams } = new URL(url);
    if (!/^sts\.[a-z0-9-]+\.amazonaws\.com$/.test(hostname) || byName.host !== hostname) return undefined;
    if (method !== 'POST' || searchParams.get('Action') !== 'GetCallerIdentity') return undefined;
    if (byName['x-goog-cloud-target-resource'] !== this.options.audience) return undefined;
    const key = /Credential=([^/]+)\//.exec(byName.authorization ?? '')?.[1] ?? '';
    const session = this.sessions.get(key);
    return session && isSignedBy(session, { method, url, headers: byName, body: '' }) ? session : undefined;
  }

  private generateAccessToken(email: string, recorded: RecordedRequest): Answer {
    const session = this.federated.get((recorded.headers.authorization ?? '').replace(/^Bearer /, ''));
    if (session === undefined) return googleError(401, 'UNAUTHENTICATED', 'The token is not valid.');
    recorded.identity = session.identity;
    if (!this.options.impersonates[session.roleArn]?.includes(email)) {
      return googleError(403, 'PERMISSION_DENIED', "Permission 'iam.serviceAccounts.getAccessToken' denied.");
    }
    const scope = (recorded.body.scope ?? []) as readonly string[];
    if (!SCOPES.every((name) => scope.includes(name))) return googleError(400, 'INVALID_ARGUMENT', 'Scopes.');
    const token = this.nextToken(email);
    if (token === undefined) return googleError(404, 'NOT_FOUND', 'Unknown account.');
    return json(200, { accessToken: token, expireTime: after(this.options.tokenSeconds ?? 3600) });
  }

  private generateIdToken(email: string, recorded: RecordedRequest): Answer {
    const session = this.federated.get((recorded.headers.authorization ?? '').replace(/^Bearer /, ''));
    if (session === undefined) return googleError(401, 'UNAUTHENTICATED', 'The token is not valid.');
    recorded.identity = session.identity;
    if (!this.options.impersonates[session.roleArn]?.includes(email)) {
      return googleError(403, 'PERMISSION_DENIED', "Permission 'iam.serviceAccounts.getOpenIdToken' denied.");
    }
    const { audience, includeEmail } = recorded.body;
    if (includeEmail !== true) return googleError(400, 'INVALID_ARGUMENT', 'Without e-mail.');
    return json(200, { token: this.options.idToken!(email, String(audience)) });
  }

  private nextToken(email: string): string | undefined {
    const tokens = [this.options.tokens[email] ?? []].flat();
    const count = this.given.get(email) ?? 0;
    this.given.set(email, count + 1);
    return tokens[Math.min(count, tokens.length - 1)];
  }
}

const after = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
