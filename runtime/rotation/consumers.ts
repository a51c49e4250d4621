import { RESTARTED_AT, ROTATION_ERRORS, type RestartTarget } from '../../lib/contracts/rotation';
import { Failure } from '../shared/http/failure';
import { jsonOf } from '../shared/http/json';
import type { Send } from '../shared/http/retry';
import { truncate, redact } from '../shared/http/redact';
import type { RotationLog } from './log';

/** The Deployments that read a secret. */
export class Consumers {
  constructor(
    private readonly target: RestartTarget,
    private readonly send: Send,
    private readonly log: RotationLog,
  ) {}

  /** Restarts each Deployment as `kubectl rollout restart` does. A Deployment with this time is not changed. */
  async restart(version: string, time: string): Promise<void> {
    const annotations = { [RESTARTED_AT]: time };
    const body = JSON.stringify({ spec: { template: { metadata: { annotations } } } });
    for (const deployment of this.target.deployments) {
      const problem = await this.patch(deployment, body);
      if (problem !== undefined) {
        throw new Failure(
          ROTATION_ERRORS.RESTART_FAILED,
          `The Deployment ${deployment} was not restarted: ${problem}.`,
        );
      }
      this.log.step('restarted', { version, deployment });
    }
  }

  /** A Deployment that does not exist has no pods with an old value. Only the API server itself can tell that. */
  private async patch(deployment: string, body: string): Promise<string | undefined> {
    const { host, namespace, certificateAuthority } = this.target;
    const reply = await this.send('The Kubernetes API', {
      method: 'PATCH',
      url: `https://${host}/apis/apps/v1/namespaces/${namespace}/deployments/${deployment}`,
      headers: { 'content-type': 'application/strategic-merge-patch+json' },
      body,
      ca: certificateAuthority && Buffer.from(certificateAuthority, 'base64').toString(),
    });
    const answer = fieldsOf(reply.body);
    const { kind, reason, message } = answer;
    if (reply.status === 200 && kind === 'Deployment') return undefined;
    if (reply.status === 404 && kind === 'Status' && reason === 'NotFound') return undefined;
    return typeof message === 'string'
      ? truncate(redact(message), 400).replace(/\.$/, '')
      : `HTTP ${reply.status} that is not from the API server`;
  }
}

function fieldsOf(body: string): Readonly<Record<string, unknown>> {
  const answer = jsonOf(body);
  return typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>) : {};
}
