import { type TerraformStack } from 'cdktf';
import { PIPELINE_RUNNER_PERMISSIONS } from '../../lib/vertex/pipeline-runner';
import { type VertexAccess } from '../../lib/vertex/vertex-access';
import { resources, testStack } from '../synth';
import { existingTraining, reader, TRAINER } from './fixtures';
import { MEMBER, ROLE, access } from './access-fixtures';

describe('the account that a pipeline runs as', () => {
  const TRAINER_MEMBER = `serviceAccount:${TRAINER}`;
  const ofTrainer = (stack: TerraformStack) =>
    resources(stack, MEMBER).filter(({ member }) => member === (TRAINER_MEMBER as never));

  test.each<[string, (a: VertexAccess, s: TerraformStack) => unknown, number]>([
    ['pipelines', (a, s) => a.pipelines(existingTraining(s)), 1],
    ['schedules', (a, s) => a.schedules(existingTraining(s)), 1],
    ['train', (a, s) => a.train(existingTraining(s)), 0],
    ['batchPredict', (a, s) => a.batchPredict(existingTraining(s)), 0],
  ])('has a role for metadata and custom jobs, with %s', (_, give, count) => {
    const stack = testStack();
    give(access(stack), stack);
    expect(ofTrainer(stack)).toHaveLength(count);
    const [member] = ofTrainer(stack);
    if (member === undefined) return;
    const role = resources(stack, ROLE).find(({ role_id }) => String(member.role).endsWith(String(role_id)))!;
    expect(role.permissions).toEqual(PIPELINE_RUNNER_PERMISSIONS);
    expect(member['//']).toEqual({
      reason: 'runs pipelines: their metadata, and a custom job for each component',
    });
  });

  test('has the role once, for all who submit pipelines with it', () => {
    const stack = testStack();
    const training = existingTraining(stack);
    access(stack).pipelines(training).schedules(training);
    access(stack, { identity: reader(stack, {}, 'other') }, 'other-access').pipelines(training);
    expect(ofTrainer(stack)).toHaveLength(1);
  });

  test('has the role before a job is submitted', () => {
    const stack = testStack();
    const given = access(stack).pipelines(existingTraining(stack));
    expect(given.resources.map(({ node }) => node.path)).toContainEqual(
      expect.stringMatching(/^prod\/vertex-roles\/pipeline-runner-/),
    );
  });

  test('has no permission on endpoints and models', () => {
    expect(PIPELINE_RUNNER_PERMISSIONS.filter((each) => /endpoints|models|delete/.test(each))).toEqual([]);
    expect(PIPELINE_RUNNER_PERMISSIONS).toContain('aiplatform.metadataStores.get');
    expect([...PIPELINE_RUNNER_PERMISSIONS].sort()).toEqual(PIPELINE_RUNNER_PERMISSIONS);
  });
});
