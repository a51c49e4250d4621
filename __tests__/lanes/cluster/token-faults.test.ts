import type { Service } from '../../runtime/token-servers';
import { FATES, faultMachines } from './orchestration/fault-places';
import { FaultRuns } from './orchestration/fault-runs';
import { CONNECTION_FAILURES, REPLIES, SILENCES } from './orchestration/faults';
import type { Interference } from './orchestration/interference';
import { Orchestration, onNode22 } from './orchestration/orchestration';
import { Sandbox } from './orchestration/sandbox';
import { Services } from './orchestration/services';
import { TokenGateway } from './orchestration/token-gateway';

/** Executions at the same time. Each starts a process. */
const CONCURRENCY = 20;
/** A fault that lasts longer than the tries of one call of a function, so that the state machine repeats the call. */
const LONG = 5;

const SERVICES: readonly Service[] = ['aws-sts', 'google-sts', 'iam-credentials'];

const FAULTS: Readonly<Record<string, Interference>> = {
  ...SILENCES,
  ...Object.fromEntries(Object.entries(REPLIES).map(([name, reply]) => [name, { reply }])),
  ...CONNECTION_FAILURES,
};

/** A place of the fault sweep whose machine needs a token: one of a step, one of a clean-up. */
const PLACES = ['poll', 'list of the clean-up'] as const;

const CASES = Object.keys(FAULTS).flatMap((fault) =>
  SERVICES.flatMap((service) =>
    PLACES.flatMap((place) =>
      (fault in SILENCES ? [1] : [LONG, 1]).map((times) => ({ fault, service, place, times })),
    ),
  ),
);
type Case = (typeof CASES)[number];

const titleOf = ({ place, service, fault, times }: Case) => `${place}, ${service}, ${fault}, ${times}`;

/*
 * Each token service meets each fault, once and for longer than a function tries, when a new sandbox asks for its first
 * token.
 */
onNode22('faults of the token services', () => {
  const life = new Orchestration(faultMachines());
  const services = new Services();
  const runs = new FaultRuns(life, services);
  beforeAll(async () => {
    await services.start();
    await life.start();
  });
  afterAll(async () => {
    await life.stop();
    await services.stop();
  });

  test('an execution reaches its end with any of them, and leaves nothing', async () => {
    await runs.expectNone(CASES, { titleOf, run: withFault, concurrency: CONCURRENCY });
  });

  /** Runs an execution whose function is a new sandbox. The result has its violations. */
  async function withFault({ place, service, fault, times }: Case, name: string): Promise<string[]> {
    const isCleanup = place === 'list of the clean-up';
    const functionName = `${FATES[isCleanup ? 'aborted' : 'works'].target}-gke-${isCleanup ? 'cleanup' : 'jobs'}`;
    const url = life.tokenUrl(functionName);
    const gateway = new TokenGateway(url, { service, fault: FAULTS[fault]!, times });
    await gateway.start();
    const sandbox = new Sandbox(life.lambda(functionName), 'Runtime.ExitError', { [url]: gateway.url });
    await sandbox.start();
    const { polled } = runs.plan(name, 'poll', {}, 0);
    const functions = { [life.arnOf(functionName)]: sandbox.url };
    const problems = await runs.execution(place, name, { polled, functions });
    await sandbox.stop();
    await gateway.stop();
    return gateway.isMet ? problems : [...problems, 'the fault was not met'];
  }
});
