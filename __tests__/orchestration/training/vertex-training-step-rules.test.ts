import { refusal } from '../../synth';
import { IMAGE, customJob, pipeline, pipelines, step } from './fixtures';

describe('a training', () => {
  test.each<[string, object, string]>([
    ['without a target', { target: {} }, 'target must be a VertexTrainingTarget (got {}).'],
    [
      'of the other kind',
      { target: pipelines },
      'job must be the kind of job that the target "train" submits (pipelineJob) (got "customJob"). Use VertexJob.pipeline(…), or another target.',
    ],
    [
      'of the other kind for custom jobs',
      { job: pipeline },
      'job must be the kind of job that the target "train" submits (customJob) (got "pipelineJob"). Use VertexJob.custom(…), or another target.',
    ],
    [
      'of no kind',
      { job: { image: IMAGE } },
      'job must be VertexJob.custom(…) or VertexJob.pipeline(…) (got {"image":"us-docker.pkg.dev/my-project/ml/train@sha256:aaaaaaaaaaaaaaaaaaaaaaaaa… (121 characters)).',
    ],
    [
      'without a job',
      { job: undefined },
      'job is required. It must be VertexJob.custom(…) or VertexJob.pipeline(…).',
    ],
    [
      'of an image by its tag',
      { job: { ...customJob, image: 'r/train:v1' } },
      'job.image must be an image with a digest, because a tag can point to another image later (got "r/train:v1"). Use REPOSITORY@sha256:…, or set acknowledge.imageByTag to the reason.',
    ],
    [
      'on a machine that is none',
      { job: { ...customJob, machineType: 'big' } },
      'job.machineType must be a machine type, for example "n1-standard-8" (got "big").',
    ],
    [
      'on no machines',
      { job: { ...customJob, machines: 0 } },
      'job.machines must be a whole number from 1 to 1000 (got 0). Use at least 1.',
    ],
    [
      'with GPUs in lower case',
      { job: { ...customJob, gpus: { type: 'nvidia-l4', count: 1 } } },
      'job.gpus.type must be an accelerator type, for example "NVIDIA_L4" (got "nvidia-l4").',
    ],
    [
      'with seventeen GPUs',
      { job: { ...customJob, gpus: { type: 'NVIDIA_L4', count: 17 } } },
      'job.gpus.count must be a whole number from 1 to 16 (got 17). Use at most 16.',
    ],
    [
      'with arguments of two kinds',
      { job: { ...customJob, args: ['a'], argsPath: '$.args' } },
      'job.argsPath must be omitted when args is set (got "$.args"). Omit args.',
    ],
    [
      'with a variable that is none',
      { job: { ...customJob, environment: { 'A-B': 'c' } } },
      'the name "A-B" in job.environment must have letters, digits and "_"; ".$" at the end marks the value as a path (got "A-B").',
    ],
    [
      'of a template in a bucket, which only client libraries read',
      { target: pipelines, job: { ...pipeline, templateUri: 'gs://templates/train.json' } },
      'job.templateUri must be a template in Artifact Registry, https://REGION-kfp.pkg.dev/PROJECT/REPOSITORY/NAME/TAG, or sha256:DIGEST in place of the tag (got "gs://templates/train.json"). Upload the file to a repository of the format KFP.',
    ],
    [
      'of a template on a disk',
      { target: pipelines, job: { ...pipeline, templateUri: 'train.json' } },
      'job.templateUri must be a template in Artifact Registry, https://REGION-kfp.pkg.dev/PROJECT/REPOSITORY/NAME/TAG, or sha256:DIGEST in place of the tag (got "train.json").',
    ],
    [
      'of a pipeline with a deadline',
      { target: pipelines, job: pipeline, deadlineSeconds: 600 },
      'deadlineSeconds must be omitted for a pipeline job, which has no deadline (got 600). Set timeoutSeconds.',
    ],
    [
      'with a name for success',
      { exitCodes: { 0: 'Fine' } },
      'the name "0" in exitCodes must be an exit code from 1 to 255 (got "0"). Exit code 0 means success; return other outcomes in the result.',
    ],
    [
      'with a name for code 256',
      { exitCodes: { 256: 'No' } },
      'the name "256" in exitCodes must be an exit code from 1 to 255 (got "256").',
    ],
    [
      'that is given up before its deadline',
      { deadlineSeconds: 7_200, timeoutSeconds: 3_600 },
      'deadlineSeconds must not exceed timeoutSeconds of the step (3600) (got 7200). Set a shorter time-out of the job or a longer timeoutSeconds.',
    ],
    [
      'of more than a week',
      { deadlineSeconds: 604_801 },
      'deadlineSeconds must be a whole number from 60 to 604800 (got 604801). Use at most 604800.',
    ],
    [
      'of no time',
      { timeoutSeconds: 59 },
      'timeoutSeconds must be a whole number from 60 to 31536000 (got 59). Use at least 60.',
    ],
    [
      'that is looked at without a pause',
      { poll: { initialSeconds: 0 } },
      'poll.initialSeconds must be a whole number from 1 to 3600 (got 0). Use at least 1.',
    ],
    [
      'that is tried again in vain',
      { retry: { 'Vertex.Forbidden': { attempts: 1 } } },
      'retry["Vertex.Forbidden"] must not be a retry of this error, because another job would end in the same way (got {"attempts":1}). Use catch.',
    ],
    [
      'that is tried again where it may still run',
      { retry: { 'States.ALL': { attempts: 1 } } },
      'retry["States.ALL"] must not be retried without an acknowledgement, because the first job can still run beside the next (got {"attempts":1}). List errors that end the job, or set acknowledge.overlappingJobs to the reason why two are harmless.',
    ],
    [
      'with a result path that is none',
      { resultPath: 'model' },
      'resultPath must be a reference path to one field, for example "$.extract" (got "model").',
    ],
    [
      'with a property that does not exist',
      { image: IMAGE },
      'image is not a property. The properties are: target, job, exitCodes, retry, deadlineSeconds, timeoutSeconds, poll, resultSelector, resultPath, acknowledge.',
    ],
  ])('%s is refused', (_, props, message) => {
    expect(refusal(() => step(props)).message).toBe(`VertexTrainingStep "Train": ${message}`);
  });

  test('an image by its tag is taken for a reason', () => {
    const acknowledge = { imageByTag: 'be built within this execution' };
    expect(() => step({ job: { ...customJob, image: 'r/train:v1' }, acknowledge })).not.toThrow();
  });
});
