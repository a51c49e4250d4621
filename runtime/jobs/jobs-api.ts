import { unavailable, type ApiServer } from './api-server';
import type { Job, Metadata, Pod, WarningEvent } from './kubernetes';

/**
 * Objects per page. The function holds one page in full, and a Job or a pod with arguments from the input has up to
 * 256 kB.
 */
const PAGE = '100';
const POD_PAGE = '20';
/** Pods of one Job that are read at most: more of them add no information. */
const MAX_PODS = 500;

interface List<T> {
  readonly items: readonly T[];
  readonly metadata?: { readonly continue?: string };
}

/** Jobs of one namespace, their pods, and the events of both. */
export class JobsApi {
  constructor(
    private readonly server: ApiServer,
    private readonly namespace: string,
  ) {}

  /** Creates a Job. Undefined when a Job of this name exists. */
  async create(job: { readonly metadata: { readonly name: string } }): Promise<Job | undefined> {
    const { reason, object } = await this.server.call(
      { method: 'POST', path: this.jobs(), kind: 'Job', name: job.metadata.name, body: job },
      'AlreadyExists',
    );
    return reason === undefined ? jobIn(object) : undefined;
  }

  async find(name: string): Promise<Job | undefined> {
    const { reason, object } = await this.server.call(
      { method: 'GET', path: this.jobs(name), kind: 'Job', name },
      'NotFound',
    );
    return reason === undefined ? jobIn(object) : undefined;
  }

  /**
   * Deletes a Job in the foreground: the Job object exists until its pods have ended. A Job of the same name with
   * another uid stays.
   */
  async delete(name: string, uid: string): Promise<void> {
    const body = {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      propagationPolicy: 'Foreground',
      preconditions: { uid },
    };
    const { reason } = await this.server.call(
      { method: 'DELETE', path: this.jobs(name), kind: 'Job', name, body },
      'NotFound',
      'Conflict',
    );
    // A conflict may concern something else than the uid, so that the Job still runs.
    if (reason !== 'Conflict') return;
    const job = await this.find(name);
    if (job?.metadata.uid === uid && job.metadata.deletionTimestamp === undefined) {
      throw unavailable('The Kubernetes API answered the deletion with a conflict, and the Job still exists');
    }
  }

  /** Jobs that have all of the labels, page by page. */
  pagesOf(labels: Readonly<Record<string, string>>): AsyncGenerator<readonly Job[]> {
    const labelSelector = Object.entries(labels)
      .map(([name, value]) => `${name}=${value}`)
      .join(',');
    return this.pages<Job>('JobList', this.jobs(), { labelSelector, limit: PAGE });
  }

  /**
   * Pods that the Job with this uid controls. Labels only narrow the search, because any user of the namespace can
   * set them.
   * @param fieldSelector phases of the pods
   */
  async pods(uid: string, fieldSelector: string): Promise<readonly Pod[]> {
    const pods: Pod[] = [];
    const labelSelector = `batch.kubernetes.io/controller-uid=${uid}`;
    const query = { labelSelector, fieldSelector, limit: POD_PAGE };
    for await (const page of this.pages<Pod>('PodList', this.path('pods'), query)) {
      pods.push(...page.filter(({ metadata }) => isControlledBy(metadata, uid)).map(withoutArguments));
      if (pods.length >= MAX_PODS) break;
    }
    return pods;
  }

  /** Warnings about a Job or a pod. Kubernetes keeps them for an hour by default. */
  async warnings(uid: string): Promise<readonly WarningEvent[]> {
    const events: WarningEvent[] = [];
    const query = { fieldSelector: `involvedObject.uid=${uid},type=Warning`, limit: PAGE };
    const pages = this.pages<WarningEvent>('EventList', this.path('events'), query);
    for await (const page of pages) events.push(...page);
    return events;
  }

  private async *pages<T>(
    kind: string,
    path: string,
    query: Readonly<Record<string, string>>,
  ): AsyncGenerator<readonly T[]> {
    let next: string | undefined;
    do {
      const { object } = await this.server.call({
        method: 'GET',
        path,
        kind,
        query: { ...query, ...(next ? { continue: next } : {}) },
      });
      const { items, metadata } = listIn<T>(object);
      yield items;
      next = metadata?.continue;
    } while (next);
  }

  private path(resource: string): string {
    return `/api/v1/namespaces/${this.namespace}/${resource}`;
  }

  private jobs(name?: string): string {
    return `/apis/batch/v1/namespaces/${this.namespace}/jobs${name === undefined ? '' : `/${name}`}`;
  }
}

function isControlledBy({ ownerReferences = [] }: Metadata, uid: string): boolean {
  return ownerReferences.some((owner) => owner.controller === true && owner.uid === uid);
}

/** The fields of a pod that the function reads, so that 500 large pods fit into 128 MB. */
function withoutArguments({ metadata, spec, status }: Pod): Pod {
  const { name, uid, creationTimestamp, deletionTimestamp } = metadata;
  return {
    metadata: { name, uid, creationTimestamp, deletionTimestamp },
    spec: { containers: spec?.containers?.map((container) => ({ name: container.name })) },
    status,
  };
}

function jobIn(object: unknown): Job {
  if (typeof (object as Job).metadata.uid === 'string') return object as Job;
  throw unavailable('The response of the Kubernetes API must be a Job with a uid');
}

function listIn<T>(object: unknown): List<T> {
  if (Array.isArray((object as Partial<List<T>>).items)) return object as List<T>;
  throw unavailable('The response of the Kubernetes API must be a list');
}
