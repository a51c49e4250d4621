import { ComputeNetworkAttachment } from '@cdktf/provider-google/lib/compute-network-attachment';
import { TerraformVariable, type TerraformStack } from 'cdktf';
import { trainingWorkflow } from '../../lib/vertex/training-workflow';
import type { TrainingTriggerProps } from '../../lib/vertex/training-trigger-props';
import { problems, resource, testStack } from '../synth';
import { TRAINER } from './fixtures';
import { WORKFLOW, customJob, of, pipeline, trigger } from './training-trigger-fixtures';

/** The source as Terraform gives it to Google: one "$" of "$${" belongs to Terraform. */
const sourceOf = (stack: TerraformStack) =>
  String(resource(stack, WORKFLOW).source_contents).replaceAll('$${', '${');

describe('the source of the workflow', () => {
  test('has no expression of Terraform: each "${" of Workflows is escaped', () => {
    const source = String(resource(of(), WORKFLOW).source_contents);
    expect(source.match(/\$\$\{/g)!.length).toBeGreaterThan(40);
    expect(source.replaceAll('$${', '')).not.toContain('${');
  });

  test.each<[string, Pick<TrainingTriggerProps, 'job'>]>([
    ['a pipeline', { job: pipeline }],
    ['a custom job', { job: customJob }],
  ])('of %s, unescaped, is the workflow that the emulator runs', (_, job) => {
    expect(JSON.parse(sourceOf(of(job)))).toEqual(
      trainingWorkflow({
        projectId: 'my-project',
        location: 'us-central1',
        name: 'retrain-shelf',
        reason: 'learns from the release',
        serviceAccount: TRAINER,
        bucket: 'staged-files',
        deadLetterTopic: 'projects/my-project/topics/retrain-shelf-dead-letter',
        images: [],
        ...job,
        pollSeconds: 60,
        timeoutSeconds: 86_400,
      }),
    );
  });

  test('leaves a reference to Terraform, which knows the network attachment', () => {
    const stack = testStack();
    const attachment = new ComputeNetworkAttachment(stack, 'attachment', {
      name: 'jobs',
      connectionPreference: 'ACCEPT_MANUAL',
      subnetworks: ['jobs'],
    });
    trigger(stack, { networkAttachment: attachment.id });
    const source = String(resource(stack, WORKFLOW).source_contents);
    expect(source.replaceAll('$${', '').match(/\$\{[^}]*\}/g)).toEqual([
      '${google_compute_network_attachment.attachment.id}',
    ]);
  });

  test('looks as often, and gives up as late, as it is told', () => {
    const source = sourceOf(of({ pollSeconds: 30, timeoutSeconds: 3600 }));
    expect(source).toContain('"seconds": 30');
    expect(source).toContain('${round > 120}');
    expect(source).toContain('did not end within 3600 s');
  });

  test.each(['pollSeconds', 'timeoutSeconds'])(
    'is not made of %s that Terraform will know, since the rounds are counted from it',
    (property) => {
      const stack = testStack();
      const seconds = new TerraformVariable(stack, 'seconds', { type: 'number' }).numberValue;
      expect(problems(() => trigger(stack, { [property]: seconds }))).toHaveProperty(property);
    },
  );

  test('of a pipeline', () => {
    expect(sourceOf(of())).toMatchSnapshot();
  });

  test('of a custom job, where it is another', () => {
    const { submit } = JSON.parse(sourceOf(of({ job: customJob }))) as Record<string, unknown>;
    expect(JSON.stringify(submit, undefined, 2)).toMatchSnapshot();
  });

  test('of a custom job takes the image of the deployment, or the one that is named', () => {
    expect(sourceOf(of({ job: customJob }))).toContain('"imageUri": "${what.image}"');
    expect(sourceOf(of({ job: { ...customJob, image: 'r/trainer:v1' } }))).toContain(
      '"imageUri": "r/trainer:v1"',
    );
  });

  test('knows the images that start a training', () => {
    const names = ['us-docker.pkg.dev/my-project/images/shelf'];
    expect(sourceOf(of({ images: { names } })).replaceAll(/\s+/g, '')).toContain(
      '{"wanted":["us-docker.pkg.dev/my-project/images/shelf"]}',
    );
  });
});
