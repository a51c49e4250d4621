import type { Json } from '../../../synth';
import type { SeenRequest } from './gateway';
import type { Interference } from './interference';
import type { Orchestration } from './orchestration';

const LABEL = 'cdktf-multicloud.dev/execution';

/** Executions at the same time. */
const CONCURRENCY = 40;

/** Decides what happens to one request of an execution. */
export type Interferer = (request: SeenRequest) => Interference | undefined;

/** Many executions of one cluster, each with an interference of its own. */
export class Sweep {
  private readonly interferers = new Map<string, Interferer>();

  constructor(private readonly life: Orchestration) {
    life.gateway.interfere = (request) => this.interferers.get(request.runId)?.(request);
  }

  /** Sets the interference with the requests for one execution. */
  public interfere(runId: string, interferer: Interferer): void {
    this.interferers.set(runId, interferer);
  }

  /** Jobs by run id, as the administrator sees them. */
  public jobs(...namespaces: readonly string[]): Map<string, Json[]> {
    return byRun(namespaces.flatMap((namespace) => this.life.jobs(namespace)));
  }

  /** Secrets by run id. */
  public secrets(namespace: string): Map<string, Json[]> {
    const { stdout } = this.life.cluster.kubectl('get', 'secrets', '-n', namespace, '--output', 'json');
    return byRun((JSON.parse(stdout) as { items: Json[] }).items);
  }
}

/** Runs a check for each case, some at the same time. The result has a sentence for each failed case. */
export async function violations<T>(
  cases: readonly T[],
  check: (one: T) => Promise<string[]>,
  concurrency = CONCURRENCY,
): Promise<string[]> {
  const waiting = [...cases];
  const found: string[] = [];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const name = Object.values(next as object)
        .map(String)
        .join(' ');
      found.push(...(await check(next)).map((each) => `${name}: ${each}`));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return found;
}

/** Whether a Job has neither completed nor failed. */
export function isUnfinished({ status }: Json): boolean {
  const { conditions = [] } = (status ?? {}) as { conditions?: { type: string; status: string }[] };
  return !conditions.some(({ type, status }) => ['Complete', 'Failed'].includes(type) && status === 'True');
}

function byRun(objects: readonly Json[]): Map<string, Json[]> {
  const found = new Map<string, Json[]>();
  for (const object of objects) {
    const { labels = {} } = object.metadata as unknown as { labels?: Record<string, string> };
    const run = labels[LABEL] ?? '';
    found.set(run, [...(found.get(run) ?? []), object]);
  }
  return found;
}
