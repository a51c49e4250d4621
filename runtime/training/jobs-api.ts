import { TRAINING_LABELS, type SubmitTraining, type TrainingTarget } from '../../lib/contracts/training';
import type { Run } from '../shared/input/execution';
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
    return this.api.call<VertexJob>(
      { method: 'POST', path: this.collection, query, body, idempotent: hasId },
      409,
    );
  }

  /** The job of a try, if there is one. */
  async ofAttempt({ attempt }: SubmitTraining, run: Run): Promise<VertexJob | undefined> {
    const [found] = await this.list({
      [TRAINING_LABELS.execution]: run.id,
      [TRAINING_LABELS.attempt]: attempt.toLowerCase(),
    });
    return found;
  }

  async find(name: string): Promise<VertexJob | undefined> {
    return this.api.call<VertexJob>({ method: 'GET', path: name }, 404);
  }

  /** Cancels a job, unless it has ended or is gone. */
  async cancel(name: string): Promise<void> {
    await this.api.call({ method: 'POST', path: `${name}:cancel`, body: {} }, 400, 404, 409);
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
      const page: Page = (await this.api.call<Page>({ method: 'GET', path: this.collection, query }))!;
      jobs.push(...(page[this.target.kind] ?? []));
      pageToken = page.nextPageToken;
    } while (pageToken);
    return jobs;
  }
}
