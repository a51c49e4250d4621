import { jsonOf } from '../shared/http/json';
import { ROTATION_ERRORS } from '../../lib/contracts/rotation';
import { COMMON_FAILURES, Failure } from '../shared/http/failure';
import type { Send } from '../shared/http/retry';
import { truncate, redact } from '../shared/http/redact';
import type { SecretState, Version } from './secret-state';

/** Thrown when another request changed the secret after it was read. */
export class ChangedMeanwhile extends Error {}

interface GoogleVersion {
  readonly name: string;
  readonly state: string;
  readonly createTime: string;
  readonly etag: string;
}

interface GoogleSecret {
  readonly etag: string;
  readonly versionAliases?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

interface Answer {
  readonly status: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

const PAGE = 250;

/** One secret in Google Secret Manager. Its values are written and never read. */
export class SecretManager {
  constructor(
    private readonly send: Send,
    private readonly endpoint: string,
    private readonly secret: string,
  ) {}

  /** The secret and then its versions, so that each version that an alias names is among them. */
  async read(): Promise<SecretState> {
    const secret = (await this.done('GET', '')) as unknown as GoogleSecret;
    const versions: Version[] = [];
    for (let token: unknown = ''; token !== undefined;) {
      const page = token === '' ? '' : `&pageToken=${encodeURIComponent(String(token))}`;
      const answer = await this.done('GET', `/versions?pageSize=${PAGE}${page}`);
      versions.push(...((answer.versions ?? []) as GoogleVersion[]).map(versionOf));
      token = answer.nextPageToken || undefined;
    }
    return { ...readSecret(secret), versions };
  }

  /** Adds a version. When the answer is lost there may be two. */
  async add(value: string): Promise<Version> {
    const data = Buffer.from(value).toString('base64');
    const { status, fields } = await this.call('POST', ':addVersion', { payload: { data } });
    // The error of a request with a value can contain the value.
    if (status !== 200) throw refused('addVersion', { status, fields: {} });
    return versionOf(fields as unknown as GoogleVersion);
  }

  /** Writes aliases and annotations in one request, which fails if the secret has changed since it was read. */
  async write(
    state: SecretState,
    { aliases, annotations }: Pick<SecretState, 'aliases' | 'annotations'>,
  ): Promise<SecretState> {
    const answer = await this.call('PATCH', '?updateMask=versionAliases,annotations', {
      name: this.secret,
      etag: state.etag,
      versionAliases: aliases,
      annotations,
    });
    if (isStale(answer)) throw new ChangedMeanwhile();
    if (answer.status !== 200) throw refused('patch', answer);
    return { ...readSecret(answer.fields as unknown as GoogleSecret), versions: state.versions };
  }

  /** Disables a version, unless the version has changed since it was read. */
  async disable({ number, etag }: Pick<Version, 'number'> & Partial<Version>): Promise<void> {
    const body = etag === undefined ? {} : { etag };
    const answer = await this.call('POST', `/versions/${number}:disable`, body);
    if (answer.status !== 200 && !isStale(answer)) throw refused('disable', answer);
  }

  private async done(method: string, path: string): Promise<Readonly<Record<string, unknown>>> {
    const answer = await this.call(method, path);
    if (answer.status !== 200) throw refused(`${method} ${path.replace(/\?.*/, '') || 'secret'}`, answer);
    return answer.fields;
  }

  private async call(method: string, path: string, body?: object): Promise<Answer> {
    const reply = await this.send('Secret Manager', {
      method,
      url: `${this.endpoint}/v1/${this.secret}${path}`,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const fields = jsonOf(reply.body);
    if (typeof fields === 'object' && fields !== null) {
      return { status: reply.status, fields: fields as Record<string, unknown> };
    }
    if (reply.status !== 200) return { status: reply.status, fields: {} };
    throw new Failure(
      COMMON_FAILURES.API_UNAVAILABLE,
      'The response of Secret Manager is not a JSON object.',
    );
  }
}

function versionOf({ name, state, createTime, etag }: GoogleVersion): Version {
  return {
    number: name.slice(name.lastIndexOf('/') + 1),
    enabled: state === 'ENABLED',
    created: Date.parse(createTime),
    etag,
  };
}

function readSecret({ etag, versionAliases, annotations }: GoogleSecret): Omit<SecretState, 'versions'> {
  return { etag, aliases: versionAliases ?? {}, annotations: annotations ?? {} };
}

const errorOf = ({ fields }: Answer) => (fields.error ?? {}) as { status?: string; message?: unknown };

/** https://cloud.google.com/secret-manager/docs/etags */
function isStale(answer: Answer): boolean {
  const { status } = answer;
  return (
    status === 409 || status === 412 || (status === 400 && errorOf(answer).status === 'FAILED_PRECONDITION')
  );
}

function refused(operation: string, answer: Answer): Failure {
  const { status, message } = errorOf(answer);
  const why = typeof message === 'string' ? `: ${truncate(redact(message), 400).replace(/\.$/, '')}` : '';
  const name = [401, 403].includes(answer.status) ? ROTATION_ERRORS.FORBIDDEN : ROTATION_ERRORS.REJECTED;
  return new Failure(
    name,
    `Secret Manager rejected ${operation}: ${status ?? `HTTP ${answer.status}`}${why}.`,
  );
}
