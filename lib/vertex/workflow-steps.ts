import type { TriggeredJob } from './training-job';

/** Values of the source of the Workflow. */
export interface TrainingWorkflowOptions {
  readonly projectId: string;
  readonly location: string;
  /** Name of the trigger: the beginning of the name of a job, and one of its labels. */
  readonly name: string;
  readonly reason: string;
  readonly serviceAccount: string;
  readonly bucket: string;
  readonly deadLetterTopic: string;
  /** Pushed images that start a training, by repository. */
  readonly images: readonly string[];
  readonly job: TriggeredJob;
  readonly networkAttachment?: string;
  readonly pollSeconds: number;
  readonly timeoutSeconds: number;
}

/** One named step in the syntax of Workflows. */
export type Step = Readonly<Record<string, unknown>>;

/** A step that sets variables, in order. */
export const assign = (name: string, values: Readonly<Record<string, unknown>>): Step => ({
  [name]: { assign: Object.entries(values).map(([key, value]) => ({ [key]: value })) },
});

/** A step that calls a function of Workflows and keeps the result in a variable. */
export const call = (name: string, target: string, result: string, args: Step): Step => ({
  [name]: { call: target, args, result },
});

/** A step that retries its steps after transient errors. */
export const retried = (
  name: string,
  { steps, except }: { readonly steps: readonly Step[]; readonly except?: object },
): Step => ({ [name]: { try: { steps }, retry: RETRY, ...(except && { except }) } });

/** A step with one call that is retried after transient errors. */
export const retriedCall = (name: string, target: string, args: Step, result?: string): Step => ({
  [name]: { try: { call: target, args, ...(result !== undefined && { result }) }, retry: RETRY },
});

const RETRY = {
  predicate: '${transient}',
  max_retries: 8,
  backoff: { initial_delay: 1, max_delay: 60, multiplier: 2 },
};

/** URL of Vertex AI in the region. */
export function origin({ location }: TrainingWorkflowOptions): string {
  return `https://${location}-aiplatform.googleapis.com`;
}

/** Collection of the jobs. */
export function parent(options: TrainingWorkflowOptions): string {
  return `${origin(options)}/v1/projects/${options.projectId}/locations/${options.location}`;
}

/** Network attachment of a job that reaches the VPC. */
export function attached({ networkAttachment }: TrainingWorkflowOptions): Step {
  return networkAttachment === undefined ? {} : { pscInterfaceConfig: { networkAttachment } };
}

/** Settings of every call to Vertex AI. */
export function request({ reason, name }: TrainingWorkflowOptions): Step {
  return {
    auth: { type: 'OAuth2' },
    timeout: 60,
    // The header is kept in the audit log where Vertex AI honours it; the user agent always is.
    headers: {
      'X-Goog-Request-Reason': reason.replace(/[^\x20-\x7e]/g, '?'),
      'User-Agent': `cdktf-multicloud trigger/${name}`,
    },
  };
}

/** Name and reason of a job. A label cannot hold a sentence. */
export function displayName({ name, reason }: TrainingWorkflowOptions): string {
  return `${name}: ${reason}`.slice(0, 128);
}

/**
 * Expression for the first characters of a text, at most `max`. Whether `text.substring` accepts an end after the end of
 * the text is not documented, so the expression never passes one.
 * @param text expression of the text
 * @param length expression of its length
 */
export function beginningOf(text: string, length: string, max: number): string {
  return `text.substring(${text}, 0, math.min(${length}, ${max}))`;
}
