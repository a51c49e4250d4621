import { RUN_ID_TAG, type ServiceTarget } from '../../lib/contracts/services';
import { assumeRole, webIdentityToken, type LambdaEnvironment } from '../shared/federation/aws-session';
import { fetchIdToken } from '../shared/federation/google-id-token';
import type { Token } from '../shared/federation/token';
import type { Send } from '../shared/http/retry';

/** A token for the service, in the name of a run: the target's role with the run as its session asks for it. */
export async function fetchServiceToken(
  send: Send,
  home: LambdaEnvironment,
  { auth, roleArn }: ServiceTarget,
  runId: string,
  headers: Readonly<Record<string, string>>,
): Promise<Token> {
  if (auth.kind === 'google') {
    return fetchIdToken(send, home, { roleArn, runId, headers, credentials: auth.credentials }, auth);
  }
  const credentials = await assumeRole(send, home, roleArn, runId);
  const tags = { ...auth.tags, [RUN_ID_TAG]: runId };
  return webIdentityToken(send, { ...home, credentials }, { ...auth, tags });
}
