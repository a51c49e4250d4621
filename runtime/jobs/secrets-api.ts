import type { ApiServer } from './api-server';

/** A Secret with one value. */
interface Secret {
  readonly metadata: { readonly name: string };
  readonly stringData: Readonly<Record<string, string>>;
}

/** Writes Secrets of one namespace. The function has no permission to read them. */
export class SecretsApi {
  constructor(
    private readonly server: ApiServer,
    private readonly namespace: string,
  ) {}

  /** Creates a Secret, or replaces the Secret of the same name. */
  async put(secret: Secret): Promise<void> {
    const path = `/api/v1/namespaces/${this.namespace}/secrets`;
    const [hidden] = Object.values(secret.stringData);
    const { reason } = await this.server.call(
      { method: 'POST', path, body: secret, hidden },
      'AlreadyExists',
    );
    if (reason === undefined) return;
    await this.server.call({ method: 'PUT', path: `${path}/${secret.metadata.name}`, body: secret, hidden });
  }
}
