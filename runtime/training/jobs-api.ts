import { TRAINING_LABELS, type SubmitTraining, type TrainingTarget } from '../../lib/contracts/training';
import { executionHash, type Run } from '../shared/input/execution';
import { VERTEX_ERRORS } from '../../lib/contracts/training-errors';
import { Failure } from '../shared/http/failure';
import { jobOf, pipelineJobId, type VertexJob } from './job';
import type { VertexApi } from './vertex-api';

interface Page {
  readonly customJobs?: readonly VertexJob[];
  readonly pipelineJobs?: readonly VertexJob[];
  readonly nextPageToken?: string;
}

/** Jobs of one kind, in one project and region. */
export class JobsApi {
  private readonly collection: string;

  constructor(
    private readonly api: VertexApi,
    private readonly target: TrainingTarget,
  ) {
    const { project, location, kind } = target;
    this.collection = `projects/${project}/locations/${location}/${kind}`;
  }

  /** Makes a job. Undefined where there is one of its id. */
  async create(request: SubmitTraining, run: Run): Promise<VertexJob | undefined> {
    const body = jobOf(request, run, this.target);
    const hasId = this.target.kind === 'pipelineJobs';
    const query = hasId ? { pipelineJobId: pipelineJobId(request) } : undefined;
    // A custom job that was made by a request without an answer is found by its labels, in the next call.
    const job = await this.api.call<VertexJob>(
      { method: 'POST', path: this.collection, query, body, idempotent: hasId },
      'ALREADY_EXISTS',
    );
    return job && checked(job);
  }

  /** The job of an attempt; `undefined` if there is none. */
  async ofAttempt({ attempt }: SubmitTraining, run: Run): Promise<VertexJob | undefined> {
    const [found] = await this.list({
      [TRAINING_LABELS.executionHash]: executionHash(run.execution),
      [TRAINING_LABELS.attempt]: attempt.toLowerCase(),
    });
    return found;
  }

  async find(name: string): Promise<VertexJob | undefined> {
    const job = await this.api.call<VertexJob>({ method: 'GET', path: name }, 'NOT_FOUND');
    return job && checked(job);
  }

  /**
   * Cancels a job, unless it has ended (FAILED_PRECONDITION) or does not exist.
   * https://cloud.google.com/vertex-ai/docs/reference/rest/v1/projects.locations.customJobs/cancel
   */
  async cancel(name: string): Promise<void> {
    await this.api.call(
      { method: 'POST', path: `${name}:cancel`, body: {} },
      'FAILED_PRECONDITION',
      'NOT_FOUND',
    );
  }

  /** Jobs that have all of the labels. */
  async list(labels: Readonly<Record<string, string>>): Promise<VertexJob[]> {
    const filter = Object.entries(labels)
      .map(([name, value]) => `labels.${name}="${value}"`)
      .join(' AND ');
    const jobs: VertexJob[] = [];
    let pageToken: string | undefined;
    do {
      const query = { filter, pageSize: '100', ...(pageToken ? { pageToken } : {}) };
      const page: Page | undefined = await this.api.call<Page>({
        method: 'GET',
        path: this.collection,
        query,
      });
      if (page === undefined || !isPage(page, this.target.kind)) {
        throw new Failure(VERTEX_ERRORS.API_UNAVAILABLE, 'The response of Vertex AI is not a list of jobs.');
      }
      jobs.push(...(page[this.target.kind] ?? []).map(checked));
      pageToken = page?.nextPageToken;
    } while (pageToken);
    return jobs;
  }
}

/** Vertex AI omits the field of an empty list. A list with other fields is from another server. */
function isPage(page: Page, kind: TrainingTarget['kind']): boolean {
  return Object.keys(page).every((field) => field === kind || field === 'nextPageToken');
}

/** A JSON object without a name is not from Vertex AI, so it decides nothing about a job. */
function checked(job: VertexJob): VertexJob {
  if (typeof job.name === 'string') return job;
  throw new Failure(VERTEX_ERRORS.API_UNAVAILABLE, 'The response of Vertex AI is not a job.');
}
