import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FirstCall } from './first-calls';

/** The call of API Gateway with an ID token of Google, and the server with the key of the token. */
export class AuthorizerCall implements FirstCall {
  readonly answer = { isAuthorized: true };
  readonly event: unknown;
  private readonly google = generateKeyPairSync('rsa', { modulusLength: 2048 });
  private readonly server: Server = createServer((_, response) => {
    const key = { ...this.google.publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig' };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [key] }));
  });

  constructor() {
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: 'https://accounts.google.com',
      aud: 'https://push.example.com',
      email: 'push@my-project.iam.gserviceaccount.com',
      email_verified: true,
      iat: now - 60,
      exp: now + 3_540,
    };
    const text = `${encode({ alg: 'RS256', kid: 'k1' })}.${encode(claims)}`;
    const signature = sign('RSA-SHA256', Buffer.from(text), this.google.privateKey).toString('base64url');
    this.event = { headers: { authorization: `Bearer ${text}.${signature}` } };
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  environment(): NodeJS.ProcessEnv {
    return {
      GOOGLE_CALLER: JSON.stringify({
        audience: 'https://push.example.com',
        email: 'push@my-project.iam.gserviceaccount.com',
      }),
      GOOGLE_KEYS_URL: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/certs`,
    };
  }
}
