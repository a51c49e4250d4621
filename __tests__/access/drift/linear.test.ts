import { accessDrift } from '../../../lib/access/drift/drift';
import { googlePolicyExport } from '../../../lib/access/drift/exports/google-policy';
import { graphOf } from '../graph/graph-of';
import { clusterObjects, roleDetails } from './drift-of';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };

/** Exports with a number of grants of each cloud that no stack has. */
function exportsWith(count: number) {
  return [
    googlePolicyExport('policy.json', 'books', {
      bindings: numbers(count).map((index) => ({
        role: `projects/books/roles/role${index}`,
        members: [`user:u${index}@example.com`],
      })),
    }),
    roleDetails(
      trust,
      numbers(count).map((index) => ({
        Effect: 'Allow',
        Action: `s3:A${index}`,
        Resource: `arn:aws:s3:::b${index}`,
      })),
    ),
    clusterObjects(
      ...numbers(count).flatMap((index) => [
        {
          kind: 'ClusterRole',
          metadata: { name: `r${index}` },
          rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
        },
        {
          kind: 'ClusterRoleBinding',
          metadata: { name: `b${index}` },
          roleRef: { kind: 'ClusterRole', name: `r${index}` },
          subjects: [{ kind: 'User', name: `u${index}` }],
        },
      ]),
    ),
  ];
}

test('the time grows with the number of grants, not with its square', () => {
  const graph = graphOf({});
  const seconds = (count: number) => {
    const exports = exportsWith(count);
    const start = process.hrtime.bigint();
    expect(accessDrift(graph, exports).findings).toHaveLength(3 * count + 1);
    return Number(process.hrtime.bigint() - start) / 1e9;
  };
  seconds(200);
  const [few, many] = [seconds(500), seconds(4_000)];
  // Eight times the grants take eight times as long; a square would take 64 times.
  expect(many / few).toBeLessThan(28);
});
