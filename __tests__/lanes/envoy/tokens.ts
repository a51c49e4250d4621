import { createHmac, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';

/** A key of an issuer. */
export interface SigningKey {
  readonly alg: 'RS256' | 'ES384';
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** A new key for an algorithm. */
export function signingKey(alg: SigningKey['alg']): SigningKey {
  const pair =
    alg === 'RS256'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-384' });
  return { alg, kid: randomUUID(), ...pair };
}

/** What an issuer publishes. */
export function jwks(keys: readonly SigningKey[]): string {
  return JSON.stringify({
    keys: keys.map(({ alg, kid, publicKey }) => ({
      ...publicKey.export({ format: 'jwk' }),
      alg,
      kid,
      use: 'sig',
    })),
  });
}

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token, signed. */
export function token(key: SigningKey, claims: object): string {
  const body = `${encoded({ typ: 'JWT', alg: key.alg, kid: key.kid })}.${encoded(claims)}`;
  const hash = key.alg === 'RS256' ? 'sha256' : 'sha384';
  const signature = sign(hash, Buffer.from(body), { key: key.privateKey, dsaEncoding: 'ieee-p1363' });
  return `${body}.${signature.toString('base64url')}`;
}

/** The same, with "none" instead of a signature. */
export function unsigned(claims: object): string {
  return `${encoded({ typ: 'JWT', alg: 'none' })}.${encoded(claims)}.`;
}

/** The same, "signed" with the public key as if it were a secret. */
export function signedWithPublicKey(key: SigningKey, claims: object): string {
  const body = `${encoded({ typ: 'JWT', alg: 'HS256', kid: key.kid })}.${encoded(claims)}`;
  const secret = key.publicKey.export({ type: 'spki', format: 'pem' });
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}
