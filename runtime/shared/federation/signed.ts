import { AwsV4Signer } from 'aws4fetch';
import type { Outgoing } from '../http/http';
import type { AwsHome } from './aws-session';

/** A POST to a service of AWS, signed with what the function has. */
export async function signed(
  { credentials }: AwsHome,
  service: string,
  region: string,
  { url, headers, body }: Omit<Outgoing, 'method'>,
): Promise<Outgoing> {
  const signer = new AwsV4Signer({
    ...credentials,
    sessionToken: credentials.token,
    service,
    region,
    method: 'POST',
    url,
    headers,
    body,
  });
  const request = await signer.sign();
  return {
    method: 'POST',
    url: request.url.toString(),
    headers: Object.fromEntries(request.headers),
    body,
  };
}
