import { AwsV4Signer } from 'aws4fetch';
import type { HttpRequest } from '../http/http';
import type { LambdaEnvironment } from './aws-session';

/** A POST to a service of AWS, signed with what the function has. */
export async function signed(
  { credentials }: LambdaEnvironment,
  service: string,
  region: string,
  { url, headers, body }: Omit<HttpRequest, 'method'>,
): Promise<HttpRequest> {
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
