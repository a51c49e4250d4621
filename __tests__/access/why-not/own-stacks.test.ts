import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accessGraph } from '../../../lib/access/access-graph';
import { AccessQuestions } from '../../../lib/access/questions/answers';
import { whyNot } from '../../../lib/access/why-not/why-not';
import { readModel } from '../../../lib/model';
import { addEnvironment } from '../../../stacks/environment-stacks';
import { environments } from '../../../stacks/environments';
import { synthesize } from '../../../stacks/synthesize';

const outdir = mkdtempSync(join(tmpdir(), 'cdktf-multicloud-why-not-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

// One model for each environment: names of roles and accounts are equal in several of them.
test.each(environments.map((each) => [each.name, each] as const))(
  'the access of %s has no link that is rejected',
  (name, environment) => {
    const path = join(outdir, name);
    synthesize(path, (app) => addEnvironment(app, environment));
    const model = readModel(path);
    const graph = accessGraph(model);
    const questions = new AccessQuestions(graph);
    const asked = graph.nodes
      .filter(({ kind }) =>
        ['aws.stateMachine', 'aws.function', 'kubernetes.workload', 'google.serviceAccount'].includes(kind),
      )
      .flatMap((node) => questions.whatCan(node.id))
      .filter(({ certainty }) => certainty === 'yes');
    // Every seventh answer keeps the test short, and the kinds of access are fewer.
    const sample = asked.filter((_, index) => index % 7 === 0);
    expect(sample.length).toBeGreaterThan(5);
    const rejected = sample.flatMap(({ identity, resource, path: [...edges] }) => {
      const { role, permissions } = edges.at(-1)!;
      const permission = role?.startsWith('roles/') ? role : permissions[0];
      if (permission === undefined || permission.includes('*')) return [];
      const { result, rejections } = whyNot(model, {
        identity: identity.id,
        permission: permission.replace(/=([^,]*).*/, '=$1'),
        resource: resource.id,
      });
      return result === 'allowed'
        ? []
        : [`${identity.id} ${permission} ${resource.id}: ${rejections[0]?.cause ?? result}`];
    });
    expect(rejected).toEqual([]);
  },
);
