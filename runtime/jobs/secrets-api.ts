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
    const { name } = secret.metadata;
    const [hidden] = Object.values(secret.stringData);
    const call = { kind: 'Secret', name, body: secret, hidden };
    const { reason } = await this.server.call({ ...call, method: 'POST', path }, 'AlreadyExists');
    if (reason !== undefined) await this.server.call({ ...call, method: 'PUT', path: `${path}/${name}` });
  }
}
