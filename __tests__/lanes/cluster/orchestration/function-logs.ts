import { auditEntry, cloudTrailEvent, userIdentity } from '../../../logs/entries';
import type { RecordedRequest } from '../../../runtime/token-servers';

/*
 * The logs that AWS and Google would have of the calls that functions made to their token services, in the documented
 * shapes. What the log has of a call is read from the call.
 */

/** Logs of both clouds. */
export interface FunctionLogs {
  readonly cloudTrail: readonly object[];
  readonly google: readonly object[];
}

const account = '210987654321';

/**
 * Logs of requests.
 * @param email account that the functions impersonate
 * @param roles roles of the functions by their access key
 */
export function logsOf(
  requests: readonly RecordedRequest[],
  email: string,
  roles: Readonly<Record<string, string>>,
): FunctionLogs {
  const answered = requests.filter(({ status, identity }) => status === 200 && identity !== undefined);
  const of = (service: RecordedRequest['service']) => answered.filter((each) => each.service === service);
  const audienceOf = new Map(of('google-sts').map(({ identity, body }) => [identity, String(body.audience)]));
  return {
    cloudTrail: of('aws-sts').map(({ headers, body }) => {
      const key = /Credential=([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? '';
      const caller = userIdentity(`arn:aws:iam::${account}:role/${roles[key] ?? key}`);
      const parameters = { roleArn: body.RoleArn, roleSessionName: body.RoleSessionName };
      return cloudTrailEvent('sts.amazonaws.com', String(body.Action), parameters, { userIdentity: caller });
    }),
    google: [
      ...of('google-sts').map(({ identity, body }) => ({
        ...auditEntry(
          'data_access',
          {
            serviceName: 'sts.googleapis.com',
            methodName: 'google.identity.sts.v1.SecurityTokenService.ExchangeToken',
            resourceName: String(body.audience).replace('//iam.googleapis.com/', ''),
          },
          { principalSubject: identity! },
        ),
        timestamp: '2026-11-25T10:00:00Z',
      })),
      ...of('iam-credentials').map(({ identity }) => {
        const [, role = '', session = ''] = identity!.split('/');
        const pool = (audienceOf.get(identity) ?? '').replace(/\/providers\/.*$/, '');
        const check = { permission: 'iam.serviceAccounts.getAccessToken', granted: true };
        return {
          ...auditEntry(
            'data_access',
            {
              serviceName: 'iamcredentials.googleapis.com',
              methodName: 'GenerateAccessToken',
              authorizationInfo: [{ ...check, resource: 'projects/-/serviceAccounts/1' }],
            },
            { principalSubject: `principal:${pool}/subject/${role}/${session}` },
          ),
          resource: { type: 'service_account', labels: { project_id: 'etl-project', email_id: email } },
          timestamp: '2026-11-25T10:00:00Z',
        };
      }),
    ],
  };
}
