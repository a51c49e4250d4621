import { RotationHarness } from '../rotation-harness';
import { MARKER } from '../token-servers';

/*
 * One rotation for each test. Importing this file starts a harness before each test and stops it after, when no log
 * line may hold a value or a token.
 */

export let harness: RotationHarness;

beforeEach(async () => {
  harness = new RotationHarness();
  await harness.start();
});

afterEach(async () => {
  const told = JSON.stringify(harness.lines);
  for (const { value } of harness.secrets.versions) expect(told).not.toContain(value);
  expect(told).not.toContain(MARKER);
  await harness.stop();
});

/** Fails the test at the request after which a consumer has no value, or one that the owner does not take. */
export function watch(): string[] {
  const broken: string[] = [];
  harness.secrets.changed = () => {
    const { current } = harness;
    if (current === undefined || !harness.owner.accepted.has(current)) {
      broken.push(`${harness.secrets.requests.at(-1)!.method} ${harness.secrets.requests.at(-1)!.path}`);
    }
  };
  return broken;
}

export const messages = () => harness.lines.map(({ message }) => message);
