import fc from 'fast-check';
import { decide } from '../../../../lib/access/decide';
import { evaluate } from '../../../../lib/access/decide/aws/evaluate';
import type { AwsRequest } from '../../../../lib/access/decide/aws/request';
import { FAMILIES, pairs, policies, requests } from './random-policies';

/** RANDOM_PAIRS=10000 is the run of a release; the default keeps `npm test` short. */
const RUNS = Math.ceil(Number(process.env.RANDOM_PAIRS ?? 300) / 10);

const worlds: readonly (readonly [string, string | undefined, boolean, boolean])[] = [
  ['actions and resources', undefined, false, false],
  ['principals', undefined, true, false],
  ...Object.keys(FAMILIES).map((each) => [each, each, false, false] as const),
  ['set operators', 'text', false, true],
];

test.each(worlds)(
  'decides random policies with %s as the enumeration of requests does',
  (_, name, withPrincipals, sets) => {
    const family = name === undefined ? undefined : FAMILIES[name];
    const world = requests(family, withPrincipals, sets);
    const policy = policies(family, withPrincipals, sets);
    fc.assert(
      fc.property(pairs(policy), ([a, b]) => {
        const answer = decide('aws-policy', a, b);
        const isWitness = (request: AwsRequest) =>
          evaluate(a, request) === 'allowed' && evaluate(b, request) === 'denied';
        switch (answer.relation) {
          case 'within':
            expect(world.find(isWitness)).toBeUndefined();
            break;
          case 'broader':
            expect(isWitness(answer.witness as AwsRequest)).toBe(true);
            break;
          case 'unknown':
            expect(answer.reason).toMatch(/^AWS does not document/);
            expect(
              sets || JSON.stringify([a, b]).includes('""') || JSON.stringify([a, b]).includes('Null'),
            ).toBe(true);
        }
      }),
      { numRuns: RUNS },
    );
  },
);
