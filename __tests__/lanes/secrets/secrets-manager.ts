import { randomUUID } from 'node:crypto';
import { AwsV4Signer } from 'aws4fetch';

/*
 * Secrets Manager as moto plays it, over HTTP. moto's own RotateSecret needs containers, so tests call the steps as
 * Secrets Manager would.
 */

export const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'AKIAEMULATOREMULATOR',
  AWS_SECRET_ACCESS_KEY: 'kEyOfNoAccount',
  AWS_SESSION_TOKEN: 'sEsSiOnOfNoAccount',
};

/** One secret, seen by its consumers and by the functions of a user. */
export class Secret {
  private constructor(
    private readonly url: string,
    public readonly arn: string,
  ) {}

  /** A secret as Terraform makes it: without a value. */
  static async make(url: string): Promise<Secret> {
    const { ARN } = await call(url, 'CreateSecret', { Name: `database-${randomUUID()}` });
    return new Secret(url, ARN as string);
  }

  /** The value by version or, as consumers have it, by label. */
  async value(version?: string): Promise<string | undefined> {
    const which = version === undefined ? { VersionStage: 'AWSCURRENT' } : { VersionId: version };
    const answer = await call(this.url, 'GetSecretValue', { SecretId: this.arn, ...which });
    return answer.SecretString as string | undefined;
  }

  /** Labels by version. */
  async stages(): Promise<Record<string, string[]>> {
    const answer = await call(this.url, 'DescribeSecret', { SecretId: this.arn });
    return (answer.VersionIdsToStages ?? {}) as Record<string, string[]>;
  }

  /** The version with a label. */
  async labelled(stage: string): Promise<string | undefined> {
    const stages = Object.entries(await this.stages());
    return stages.find(([, labels]) => labels.includes(stage))?.[0];
  }
}

async function call(url: string, operation: string, fields: object): Promise<Record<string, unknown>> {
  const signer = new AwsV4Signer({
    accessKeyId: CREDENTIALS.AWS_ACCESS_KEY_ID,
    secretAccessKey: CREDENTIALS.AWS_SECRET_ACCESS_KEY,
    sessionToken: CREDENTIALS.AWS_SESSION_TOKEN,
    service: 'secretsmanager',
    region: 'eu-west-1',
    method: 'POST',
    url: `${url}/`,
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `secretsmanager.${operation}`,
    },
    body: JSON.stringify(fields),
  });
  const { headers, body } = await signer.sign();
  const response = await fetch(`${url}/`, { method: 'POST', headers, body: body as string });
  return (await response.json()) as Record<string, unknown>;
}
