import type { BridgeTarget } from '../../lib/orchestration/bridge-contract';
import { Failure, nameIn } from '../http/failure';
import { logsLink } from './logs-link';
import { clip, scrub } from '../http/scrub';

/** What a call was about, as far as it could be read. */
export interface Subject {
  readonly execution?: string;
  readonly job?: string;
}

const LONGEST_CAUSE = 2_000;
const LONGEST_MESSAGE = 4_000;

/** The error as the state machine sees it: name, what happened, where, and no trace of the code. */
export function reportedError(error: unknown, subject: Subject, target: BridgeTarget): Error {
  const cause = error instanceof Error ? error : new Error(String(error));
  const name = nameIn('GKE', cause);
  const message = clip(scrub(cause.message), LONGEST_CAUSE);
  const reported = new Error(
    clip(error instanceof Failure ? `${message} ${where(subject, target)}` : message, LONGEST_MESSAGE),
  );
  reported.name = name;
  reported.stack = `${name}: ${reported.message}`;
  return reported;
}

function where({ execution, job }: Subject, target: BridgeTarget): string {
  const what = job === undefined ? 'Namespace' : `Job ${job} in namespace`;
  const from = execution === undefined ? '' : `, execution ${execution}`;
  const logs = job === undefined ? '' : ` Logs: ${logsLink(target, job)}`;
  return `${what} ${target.namespace} of ${target.cluster.id}${from}.${logs}`;
}
