import { InputError } from '../../core/input-error';
/** Log of a call. */
export type LogName = 'cloudtrail' | 'google' | 'kubernetes';

/** One call in a log, in the terms of the access graph. */
export interface LoggedAccess {
  /** Log with the call. */
  readonly log: LogName;
  /**
   * Identities by the ids of their nodes, from the origin to the one that makes the call. Each must be able to become
   * the next one. The ids of one entry are names of one identity and of its groups.
   */
  readonly callers: readonly (readonly string[])[];
  /** Permission: an AWS action, a Google permission, `VERB GROUP/RESOURCE=NAME` or `VERB /URL`. */
  readonly permission: string;
  /** Resource as the log names it; empty if the log does not name one. */
  readonly resource: string;
  /** Ids of the nodes of the resource and of what contains it. */
  readonly targets: readonly string[];
  /**
   * Project of the resource.
   * @default - not known, or another cloud
   */
  readonly project?: string;
  /**
   * Workload identity pool of a pod that makes the call. Pods of two projects can have one name.
   * @default - not a pod, or the log does not have the pool
   */
  readonly pool?: string;
  /** Time of the call in RFC 3339. */
  readonly time: string;
  /** Whether the call was allowed. A denied call is not access. */
  readonly isAllowed: boolean;
  /** Whether every identity of the cluster may make the call, or the system makes it itself. */
  readonly isOfSystem: boolean;
  /** Service with its type of log, for example `s3.amazonaws.com data`, `storage.googleapis.com data_access`, `read`. */
  readonly source: string;
}

/** A log of another form. */
export class LogError extends InputError {
  /** Name of the class. */
  public override readonly name = 'LogError';
}
