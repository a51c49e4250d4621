import { RESTARTED_AT, ROTATION_ERRORS, type RestartTarget } from '../../lib/contracts/rotation';
import { Failure } from '../shared/http/failure';
import type { Send } from '../shared/http/retry';
import { truncate, redact } from '../shared/http/redact';
import type { RotationLog } from './log';

/** The Deployments that read a secret. */
export class Consumers {
  constructor(
    private readonly target: RestartTarget,
    private readonly send: Send,
    private readonly headers: () => Promise<Readonly<Record<string, string>>>,
    private readonly log: RotationLog,
  ) {}

  /** Restarts all of them, as `kubectl rollout restart` does. One that has that time on it already stays as it is. */
  async restart(version: string, time: string): Promise<void> {
    const annotations = { [RESTARTED_AT]: time };
    const body = JSON.stringify({ spec: { template: { metadata: { annotations } } } });
    for (const deployment of this.target.deployments) {
      const trouble = await this.patch(deployment, body);
      if (trouble !== undefined) {
        throw new Failure(
          ROTATION_ERRORS.RESTART_FAILED,
          `The Deployment ${deployment} was not restarted: ${trouble}.`,
        );
      }
      this.log.step('restarted', { version, deployment });
    }
  }

  /** A Deployment that is not there has no pods with an old value. */
  private async patch(deployment: string, body: string): Promise<string | undefined> {
    const { host, namespace, certificateAuthority } = this.target;
    const { status, body: answer } = await this.send('The Kubernetes API', {
      method: 'PATCH',
      url: `https://${host}/apis/apps/v1/namespaces/${namespace}/deployments/${deployment}`,
      headers: {
        ...(await this.headers()),
        'content-type': 'application/strategic-merge-patch+json',
      },
      body,
      ca: certificateAuthority && Buffer.from(certificateAuthority, 'base64').toString(),
    });
    return status === 200 || status === 404 ? undefined : (messageIn(answer) ?? `HTTP ${status}`);
  }
}

function messageIn(body: string): string | undefined {
  try {
    const { message } = JSON.parse(body) as { message?: unknown };
    return typeof message === 'string' ? truncate(redact(message), 400).replace(/\.$/, '') : undefined;
  } catch {
    return undefined;
  }
}
