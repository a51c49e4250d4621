import { createHash, createHmac } from 'node:crypto';
import type { AwsKeys } from './token-servers-options';

export interface Signed {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Signature Version 4, made again from what is public and the secret. */
export function isSignedBy(keys: AwsKeys, { method, url, headers, body }: Signed): boolean {
  const authorization =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/sts\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    );
  if (authorization === null) return false;
  const [, key, day, region, names = '', signature] = authorization;
  const date = headers['x-amz-date'] ?? '';
  const signedNames = names.split(';');
  if (key !== keys.accessKeyId || headers['x-amz-security-token'] !== keys.sessionToken) return false;
  if (!date.startsWith(day!) || !['host', 'x-amz-date'].every((name) => signedNames.includes(name)))
    return false;
  const { pathname, search } = new URL(url);
  const query = search.slice(1).split('&').sort().join('&');
  const lines = signedNames.map((name) => `${name}:${(headers[name] ?? '').trim()}\n`).join('');
  const canonical = [method, pathname, query, lines, names, sha256(body)].join('\n');
  const scope = `${day}/${region}/sts/aws4_request`;
  const signing = [day!, region!, 'sts', 'aws4_request'].reduce<string | Buffer>(
    hmac,
    `AWS4${keys.secretAccessKey}`,
  );
  return (
    hmac(signing, ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n')).toString('hex') ===
    signature
  );
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
