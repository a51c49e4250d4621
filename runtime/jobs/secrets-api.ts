import type { ApiServer } from './api-server';

/** A Secret of one value. */
interface Secret {
  readonly metadata: { readonly name: string };
  readonly stringData: Readonly<Record<string, string>>;
}

/** Secrets of one namespace, which are written and never read. */
export class SecretsApi {
  constructor(
    private readonly server: ApiServer,
    private readonly namespace: string,
  ) {}

  /** Makes a Secret, or takes the place of the one of its name. */
  async put(secret: Secret): Promise<void> {
    const path = `/api/v1/namespaces/${this.namespace}/secrets`;
    const [hidden] = Object.values(secret.stringData);
    const { status } = await this.server.call({ method: 'POST', path, body: secret, hidden }, 409);
    if (status !== 409) return;
    await this.server.call({ method: 'PUT', path: `${path}/${secret.metadata.name}`, body: secret, hidden });
  }
}
