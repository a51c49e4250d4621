import type { TriggeredCustomJob, TriggeredPipeline } from './training-job';
import {
  assign,
  attached,
  beginningOf,
  displayName,
  parent,
  request,
  RETRY,
  type Step,
  type TrainingWorkflowOptions,
} from './workflow-steps';

/** The part of the Workflow that makes one job of one image, whatever is lost or repeated on the way. */
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

/** A pipeline job has an id of our choice: the second one for a digest is refused by Vertex AI itself. */
function submitPipeline(options: TrainingWorkflowOptions, pipeline: TriggeredPipeline): Step[] {
  const { parameters = {}, imageParameter } = pipeline;
  const idPart = beginningOf('what.digest', 'len(what.digest)', 32);
  return [
    assign('choose', { id: `\${"${options.name}-" + ${idPart}}` }),
    {
      create: {
        try: {
          steps: [
            {
              post: {
                call: 'http.post',
                args: {
                  ...request(options),
                  url: `${parent(options)}/pipelineJobs`,
                  query: { pipelineJobId: '${id}' },
                  body: {
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
                  },
                },
                result: 'created',
              },
            },
            { submitted: { return: '${created.body.name}' } },
          ],
        },
        retry: RETRY,
        except: {
          as: 'e',
          steps: [
            {
              refused: {
                switch: [{ condition: '${"code" in e and e.code == 409}', next: 'find' }],
              },
            },
            { pass: { raise: '${e}' } },
          ],
        },
      },
    },
    {
      find: {
        try: {
          call: 'http.get',
          args: { ...request(options), url: `\${"${parent(options)}/pipelineJobs/" + id}` },
          result: 'found',
        },
        retry: RETRY,
      },
    },
    ...ownOrNone('found.body'),
  ];
}

/** A custom job has an id of Vertex AI's choice, so it is looked for first, again before each attempt. */
function submitCustomJob(options: TrainingWorkflowOptions, job: TriggeredCustomJob): Step[] {
  const environment = {
    ...job.environment,
    REQUEST_REASON: options.reason,
  };
  const variables = [
    ...Object.entries(environment).map(([name, value]) => ({ name, value })),
    { name: 'DEPLOYMENT_NAME', value: '${what.name}' },
    { name: 'DEPLOYMENT_REVISION', value: '${what.revision}' },
    { name: 'DEPLOYMENT_IMAGE', value: '${what.image}' },
  ];
  const { accelerator } = job;
  return [
    {
      create: {
        try: {
          steps: [
            {
              find: {
                call: 'http.get',
                args: {
                  ...request(options),
                  url: `${parent(options)}/customJobs`,
                  query: {
                    filter: `\${"labels.trigger=\\"${options.name}\\" AND labels.image_digest=\\"" + what.digest + "\\""}`,
                  },
                },
                result: 'found',
              },
            },
            {
              exists: {
                switch: [
                  {
                    condition: '${"customJobs" in found.body}',
                    steps: ownOrNone('found.body.customJobs[0]'),
                  },
                ],
              },
            },
            {
              post: {
                call: 'http.post',
                args: {
                  ...request(options),
                  url: `${parent(options)}/customJobs`,
                  body: {
                    displayName: displayName(options),
                    labels: '${labels}',
                    jobSpec: {
                      serviceAccount: options.serviceAccount,
                      ...attached(options),
                      baseOutputDirectory: { outputUriPrefix: `gs://${options.bucket}/${options.name}` },
                      scheduling: { timeout: `${options.timeoutSeconds}s` },
                      workerPoolSpecs: [
                        {
                          replicaCount: String(job.replicaCount ?? 1),
                          machineSpec: {
                            machineType: job.machineType,
                            ...(accelerator && {
                              acceleratorType: accelerator.type,
                              acceleratorCount: accelerator.count,
                            }),
                          },
                          containerSpec: {
                            imageUri: job.image ?? '${what.image}',
                            args: [...(job.args ?? [])],
                            env: variables,
                          },
                        },
                      ],
                    },
                  },
                },
                result: 'created',
              },
            },
          ],
        },
        retry: RETRY,
      },
    },
    { submitted: { return: '${created.body.name}' } },
  ];
}

/** A job that is there already: our own, whose answer was lost, is followed; one of another message is not. */
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
