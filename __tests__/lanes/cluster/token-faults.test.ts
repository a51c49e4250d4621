import { awsError, googleError, oauthError } from '../../runtime/token-answers';
import type { Service } from '../../runtime/token-servers';
import { FATES, faultMachines, PLACES as FAULT_PLACES } from './orchestration/fault-places';
import { FaultRuns } from './orchestration/fault-runs';
import { CONNECTION_FAILURES, REPLIES, SILENCES } from './orchestration/faults';
import type { Interference } from './orchestration/interference';
import { Orchestration, onNode22 } from './orchestration/orchestration';
import { Sandbox } from './orchestration/sandbox';
import { Services } from './orchestration/services';
import { TokenGateway } from './orchestration/token-gateway';

/** Executions at the same time. Each starts a process. */
const CONCURRENCY = 32;
/** A fault that lasts longer than the tries of one call of a function, so that the state machine repeats the call. */
const LONG = 5;

const SERVICES: readonly Service[] = ['aws-sts', 'google-sts', 'iam-credentials'];

/** Errors in which the token services answer, for a credential that has just expired or that they do not know yet. */
const ERRORS: Readonly<Record<string, Interference>> = {
  ExpiredTokenException: { reply: awsError(403, 'ExpiredTokenException', 'The security token has expired') },
  AccessDenied: { reply: awsError(403, 'AccessDenied', 'is not authorized to perform: sts:AssumeRole') },
  invalid_grant: { reply: oauthError('invalid_grant', 'The credential is invalid or expired') },
  PERMISSION_DENIED: { reply: googleError(403, 'PERMISSION_DENIED', 'iam.serviceAccounts.getAccessToken') },
};

const FAULTS: Readonly<Record<string, Interference>> = {
  ...SILENCES,
  ...Object.fromEntries(Object.entries(REPLIES).map(([name, reply]) => [name, { reply }])),
  ...CONNECTION_FAILURES,
  ...ERRORS,
};

interface TokenPlace {
  /** Place of the fault sweep. */
  readonly place: string;
  /** Calls of the function before the one that needs the token. */
  readonly calls: number;
  readonly times: readonly number[];
  readonly faults: readonly string[];
}

const PLACES: readonly TokenPlace[] = [
  { place: 'submit', calls: 0, times: [LONG, 1], faults: Object.keys(FAULTS) },
  { place: 'poll', calls: 1, times: [LONG], faults: Object.keys(FAULTS) },
  // The function gets its token for all calls in one way.
  { place: 'token', calls: 1, times: [LONG], faults: Object.keys(ERRORS) },
  { place: 'list of the clean-up', calls: 0, times: [LONG, 1], faults: Object.keys(FAULTS) },
];

const CASES = PLACES.flatMap(({ place, calls, times, faults }) =>
  SERVICES.flatMap((service) =>
    faults.flatMap((fault) =>
      (fault in SILENCES ? [1] : times).map((each) => ({ fault, service, place, calls, times: each })),
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
  async function withFault({ place, service, fault, calls, times }: Case, name: string): Promise<string[]> {
    const { machine, isCleanup } = FAULT_PLACES[place]!;
    const functionName = `${FATES[machine].target}-gke-${isCleanup ? 'cleanup' : 'jobs'}`;
    const url = life.tokenUrl(functionName);
    const gateway = new TokenGateway(url, { service, fault: FAULTS[fault]!, times, skipped: calls });
    await gateway.start();
    const addresses = { [url]: gateway.url };
    const sandbox = new Sandbox(life.lambda(functionName), 'Runtime.ExitError', addresses, calls + 1);
    await sandbox.start();
    const { polled } = runs.plan(name, 'poll', {}, 0);
    const functions = { [life.arnOf(functionName)]: sandbox.url };
    const problems = await runs.execution(place, name, { polled, functions });
    await sandbox.stop();
    await gateway.stop();
    return gateway.isMet ? problems : [...problems, 'the fault was not met'];
  }
});
