import type { TriggeredCustomJob, TriggeredPipeline } from './training-job';
import {
  assign,
  attached,
  beginningOf,
  call,
  displayName,
  parent,
  request,
  retried,
  retriedCall,
  type Step,
  type TrainingWorkflowOptions,
} from './workflow-steps';

/** The part of the Workflow that submits one job for one image, even if a response is lost or an event is repeated. */
export function submit(options: TrainingWorkflowOptions): object {
  return {
    params: ['what'],
    steps: [
      assign('identify', { execution: '${sys.get_env("GOOGLE_CLOUD_WORKFLOW_EXECUTION_ID", "none")}' }),
      assign('describe', {
        labels: {
          trigger: options.name,
          deployment: '${what.name}',
          deployment_revision: '${what.revision}',
          image_digest: '${what.digest}',
          execution: '${execution}',
        },
      }),
      ...(options.job.kind === 'pipelineJob'
        ? submitPipeline(options, options.job)
        : submitCustomJob(options, options.job)),
    ],
  };
}

/** A pipeline job has an id that the trigger chooses: Vertex AI rejects the second job for a digest. */
function submitPipeline(options: TrainingWorkflowOptions, pipeline: TriggeredPipeline): Step[] {
  const idPart = beginningOf('what.digest', 'len(what.digest)', 32);
  const jobs = `${parent(options)}/pipelineJobs`;
  return [
    assign('choose', { id: `\${"${options.name}-" + ${idPart}}` }),
    retried('create', {
      steps: [
        call('post', 'http.post', 'created', {
          ...request(options),
          url: jobs,
          query: { pipelineJobId: '${id}' },
          body: pipelineJob(options, pipeline),
        }),
        { submitted: { return: '${created.body.name}' } },
      ],
      except: {
        as: 'e',
        steps: [
          { refused: { switch: [{ condition: '${"code" in e and e.code == 409}', next: 'find' }] } },
          { pass: { raise: '${e}' } },
        ],
      },
    }),
    retriedCall('find', 'http.get', { ...request(options), url: `\${"${jobs}/" + id}` }, 'found'),
    ...ownOrNone('found.body'),
  ];
}

/** https://cloud.google.com/vertex-ai/docs/reference/rest/v1/projects.locations.pipelineJobs */
function pipelineJob(options: TrainingWorkflowOptions, pipeline: TriggeredPipeline): object {
  const { parameters = {}, imageParameter } = pipeline;
  return {
    displayName: displayName(options),
    labels: '${labels}',
    serviceAccount: options.serviceAccount,
    ...attached(options),
    templateUri: pipeline.templateUri,
    runtimeConfig: {
      gcsOutputDirectory: `gs://${options.bucket}/${options.name}`,
      parameterValues: {
        ...parameters,
        ...(imageParameter !== undefined && { [imageParameter]: '${what.image}' }),
      },
    },
  };
}

/** Vertex AI chooses the id of a custom job, so each attempt first reads the job of an earlier attempt. */
function submitCustomJob(options: TrainingWorkflowOptions, job: TriggeredCustomJob): Step[] {
  const jobs = `${parent(options)}/customJobs`;
  const filter = `\${"labels.trigger=\\"${options.name}\\" AND labels.image_digest=\\"" + what.digest + "\\""}`;
  const exists = { condition: '${"customJobs" in found.body}', steps: ownOrNone('found.body.customJobs[0]') };
  return [
    retried('create', {
      steps: [
        call('find', 'http.get', 'found', { ...request(options), url: jobs, query: { filter } }),
        { exists: { switch: [exists] } },
        call('post', 'http.post', 'created', {
          ...request(options),
          url: jobs,
          body: customJob(options, job),
        }),
      ],
    }),
    { submitted: { return: '${created.body.name}' } },
  ];
}

/** https://cloud.google.com/vertex-ai/docs/reference/rest/v1/CustomJobSpec */
function customJob(options: TrainingWorkflowOptions, job: TriggeredCustomJob): object {
  return {
    displayName: displayName(options),
    labels: '${labels}',
    jobSpec: {
      serviceAccount: options.serviceAccount,
      ...attached(options),
      baseOutputDirectory: { outputUriPrefix: `gs://${options.bucket}/${options.name}` },
      scheduling: { timeout: `${options.timeoutSeconds}s` },
      workerPoolSpecs: [workerPool(options, job)],
    },
  };
}

function workerPool({ reason }: TrainingWorkflowOptions, job: TriggeredCustomJob): object {
  const { accelerator } = job;
  const environment = {
    ...job.environment,
    REQUEST_REASON: reason,
    DEPLOYMENT_NAME: '${what.name}',
    DEPLOYMENT_REVISION: '${what.revision}',
    DEPLOYMENT_IMAGE: '${what.image}',
  };
  return {
    replicaCount: String(job.replicaCount ?? 1),
    machineSpec: {
      machineType: job.machineType,
      ...(accelerator && { acceleratorType: accelerator.type, acceleratorCount: accelerator.count }),
    },
    containerSpec: {
      imageUri: job.image ?? '${what.image}',
      args: [...(job.args ?? [])],
      env: Object.entries(environment).map(([name, value]) => ({ name, value })),
    },
  };
}

/** An existing job: the execution continues with its earlier job, whose response was lost, and ignores others. */
function ownOrNone(job: string): Step[] {
  return [
    {
      whose: {
        switch: [{ condition: `\${${job}.labels.execution == execution}`, return: `\${${job}.name}` }],
      },
    },
    { anothers: { return: '' } },
  ];
}
