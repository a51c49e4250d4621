import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decide } from '../../../../lib/access/decide';
import { evaluate } from '../../../../lib/access/decide/aws/evaluate';
import type { AwsRequest } from '../../../../lib/access/decide/aws/request';

/** Pairs of the project quacky (BSD 2-Clause, see corpus/LICENSE-quacky), decided by its solver. */
interface Pair {
  readonly first: string;
  readonly second: string;
  readonly policies: readonly [unknown, unknown];
  readonly firstWithinSecond: boolean;
  readonly secondWithinFirst: boolean;
}

const { pairs } = JSON.parse(
  gunzipSync(readFileSync(join(__dirname, 'corpus', 'aws-policy-pairs.json.gz'))).toString(),
) as { pairs: readonly Pair[] };

/**
 * Pairs that AWS decides otherwise. Their policies deny two actions with `"BoolIfExists": { "…": false }`, in equal
 * words (0_0, 1_0) or with fewer actions (0_3, 1_3). The solver reads the JSON value `false` as a different unknown
 * text in each of them. AWS reads it as "false".
 */
const MFA = '/samples/mutations/ec2/exp_single/ec2_require_mfa_session_token/policy';
const DECIDED_OTHERWISE: readonly string[] = [
  `A within B: ${MFA}/0_0.json`,
  `B within A: ${MFA}/0_0.json`,
  `B within A: ${MFA}/0_3.json`,
  `A within B: ${MFA}/1_0.json`,
  `B within A: ${MFA}/1_0.json`,
  `B within A: ${MFA}/1_3.json`,
];

const questions = pairs.flatMap(
  ({ second, policies: [one, other], firstWithinSecond, secondWithinFirst }) => [
    { name: `A within B: ${second}`, a: one, b: other, solver: firstWithinSecond },
    { name: `B within A: ${second}`, a: other, b: one, solver: secondWithinFirst },
  ],
);

test('decides the 304 pairs of quacky as its solver does, but for six answers', () => {
  expect(pairs).toHaveLength(304);
  const otherwise = questions.filter(({ a, b, solver }) => {
    const answer = decide('aws-policy', a, b);
    expect(answer.relation).not.toBe('unknown');
    if (answer.relation === 'broader') {
      const witness = answer.witness as AwsRequest;
      expect([evaluate(a, witness), evaluate(b, witness)]).toEqual(['allowed', 'denied']);
    }
    return (answer.relation === 'within') !== solver;
  });
  expect(otherwise.map(({ name }) => name)).toEqual(DECIDED_OTHERWISE);
});

test('decides half of the questions in less than 10 ms', () => {
  const times = questions.map(({ a, b }) => {
    const start = performance.now();
    decide('aws-policy', a, b);
    return performance.now() - start;
  });
  expect(times.sort((one, other) => one - other)[Math.floor(times.length / 2)]).toBeLessThan(10);
});
