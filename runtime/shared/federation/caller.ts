import { version } from '../../../package.json';

/** Which function calls, for which run, and why. */
export interface CallerFacts {
  /** Family of the function, for example `bridge`. */
  readonly family: string;
  readonly runId: string;
  /** Subject of the work, as `KEY=NAME`. */
  readonly subject: string;
  readonly reason: string;
}

/** Headers that put the caller, the run id and the reason into the audit logs of Google Cloud. */
export function callerHeaders({
  family,
  runId,
  subject,
  reason,
}: CallerFacts): Readonly<Record<'user-agent' | 'x-goog-request-reason', string>> {
  return {
    'user-agent': `cdktf-multicloud-${family}/${version} run/${runId}`,
    'x-goog-request-reason': `run=${runId};${subject};reason=${ascii(reason)}`.slice(0, 256).trimEnd(),
  };
}

function ascii(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^ -~]/g, '?');
}
