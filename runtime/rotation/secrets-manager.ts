import { jsonOf } from '../shared/http/json';
import { ROTATION_ERRORS } from '../../lib/contracts/rotation';
import type { LambdaEnvironment } from '../shared/federation/aws-session';
import { Failure } from '../shared/http/failure';
import type { Send } from '../shared/http/retry';
import { truncate, redact } from '../shared/http/redact';
import { signed } from '../shared/federation/signed';

/** Labels of Secrets Manager. */
export const STAGES = { current: 'AWSCURRENT', pending: 'AWSPENDING', previous: 'AWSPREVIOUS' } as const;

/** Versions by label. */
export interface Stages {
  readonly current: string | undefined;
  readonly pending: string | undefined;
  readonly previous: string | undefined;
}

interface Answer {
  readonly status: number;
  /** Name of an error. */
  readonly type: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** One secret in AWS Secrets Manager. Its values are written and never read. */
export class SecretsManager {
  constructor(
    private readonly send: Send,
    private readonly home: LambdaEnvironment,
    private readonly endpoint: string,
    private readonly secret: string,
  ) {}

  /** Which version has which label. */
  async stages(): Promise<Stages> {
    const answer = await this.call('DescribeSecret', {});
    if (answer.status !== 200) throw refused('DescribeSecret', answer);
    const labels = Object.entries((answer.fields.VersionIdsToStages ?? {}) as Record<string, string[]>);
    const labelled = (stage: string) => labels.find(([, stages]) => stages.includes(stage))?.[0];
    return {
      current: labelled(STAGES.current),
      pending: labelled(STAGES.pending),
      previous: labelled(STAGES.previous),
    };
  }

  /** Gives the pending version its value, unless it has one: a value does not change. */
  async put(version: string, value: string): Promise<'put' | 'was there'> {
    const answer = await this.call('PutSecretValue', {
      ClientRequestToken: version,
      SecretString: value,
      VersionStages: [STAGES.pending],
    });
    if (answer.type === 'ResourceExistsException') return 'was there';
    if (answer.status !== 200) throw refused('PutSecretValue', { ...answer, fields: {} });
    return 'put';
  }

  /** Moves a label, if it still is where it was. */
  async move(stage: string, from: string | undefined, to: string | undefined): Promise<void> {
    const answer = await this.call('UpdateSecretVersionStage', {
      VersionStage: stage,
      ...(from !== undefined && { RemoveFromVersionId: from }),
      ...(to !== undefined && { MoveToVersionId: to }),
    });
    if (answer.status !== 200) throw refused('UpdateSecretVersionStage', answer);
  }

  private async call(operation: string, fields: object): Promise<Answer> {
    const { region } = this.home;
    const request = await signed(this.home, 'secretsmanager', region, {
      url: `${this.endpoint}/`,
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `secretsmanager.${operation}`,
      },
      body: JSON.stringify({ SecretId: this.secret, ...fields }),
    });
    const { status, body } = await this.send('Secrets Manager', request);
    const answer = (jsonOf(body) ?? {}) as Record<string, unknown>;
    const type = /([A-Za-z]+)$/.exec(String(answer.__type ?? ''))?.[1] ?? '';
    return { status, type, fields: answer };
  }
}

function refused(operation: string, { status, type, fields }: Answer): Failure {
  const detail = fields.message ?? fields.Message;
  const why = typeof detail === 'string' ? `: ${truncate(redact(detail), 400).replace(/\.$/, '')}` : '';
  const name = type.startsWith('AccessDenied') ? ROTATION_ERRORS.FORBIDDEN : ROTATION_ERRORS.REJECTED;
  return new Failure(name, `Secrets Manager rejected ${operation}: ${type || `HTTP ${status}`}${why}.`);
}
