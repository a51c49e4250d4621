import type { ApiServer } from './api-server';
import type { Job, Pod } from './kubernetes';

const PAGE = '100';
/** More pods of one Job would tell nothing new. */
const MOST_PODS = 500;

interface List<T> {
  readonly items?: readonly T[];
  readonly metadata?: { readonly continue?: string };
}

/** Jobs of one namespace, and their pods. */
export class JobsApi {
  constructor(
    private readonly server: ApiServer,
    private readonly namespace: string,
  ) {}

  /** Makes a Job. Undefined when there is one of this name. */
  async create(job: object): Promise<Job | undefined> {
    const { status, object } = await this.server.call({ method: 'POST', path: this.jobs(), body: job }, 409);
    return status === 409 ? undefined : (object as Job);
  }

  async find(name: string): Promise<Job | undefined> {
    const { status, object } = await this.server.call({ method: 'GET', path: this.jobs(name) }, 404);
    return status === 404 ? undefined : (object as Job);
  }

  /** Deletes a Job and its pods, unless it is gone or another has its name. */
  async delete(name: string, uid: string): Promise<void> {
    const body = {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      propagationPolicy: 'Background',
      preconditions: { uid },
    };
    await this.server.call({ method: 'DELETE', path: this.jobs(name), body }, 404, 409);
  }

  /** Jobs that have all of the labels, page by page. */
  pagesOf(labels: Readonly<Record<string, string>>): AsyncGenerator<readonly Job[]> {
    const labelSelector = Object.entries(labels)
      .map(([name, value]) => `${name}=${value}`)
      .join(',');
    return this.pages<Job>(this.jobs(), { labelSelector });
  }

  /** Pods of a Job whose phases a field selector picks. */
  async pods(job: string, fieldSelector: string): Promise<readonly Pod[]> {
    const pods: Pod[] = [];
    const labelSelector = `batch.kubernetes.io/job-name=${job}`;
    const path = `/api/v1/namespaces/${this.namespace}/pods`;
    for await (const page of this.pages<Pod>(path, { labelSelector, fieldSelector })) {
      pods.push(...page);
      if (pods.length >= MOST_PODS) break;
    }
    return pods;
  }

  private async *pages<T>(
    path: string,
    query: Readonly<Record<string, string>>,
  ): AsyncGenerator<readonly T[]> {
    let next: string | undefined;
    do {
      const { object } = await this.server.call({
        method: 'GET',
        path,
        query: { ...query, limit: PAGE, ...(next ? { continue: next } : {}) },
      });
      const { items = [], metadata } = object as List<T>;
      yield items;
      next = metadata?.continue;
    } while (next);
  }

  private jobs(name?: string): string {
    return `/apis/batch/v1/namespaces/${this.namespace}/jobs${name === undefined ? '' : `/${name}`}`;
  }
}
