import type { TriggeredCustomJob, TriggeredPipeline } from './training-job';

/*
 * The source of the Workflow that turns "this image was deployed" into one training job and waits for its end.
 * Plain data in the syntax of Workflows (https://cloud.google.com/workflows/docs/reference/syntax), made of typed
 * props, and executed in the tests.
 */

/** What the source is made of. */
export interface TrainingWorkflowOptions {
  readonly projectId: string;
  readonly location: string;
  /** Name of the trigger: begins the job's name and stands in its labels. */
  readonly name: string;
  readonly reason: string;
  readonly serviceAccount: string;
  readonly bucket: string;
  readonly deadLetterTopic: string;
  /** Pushed images that start a training, by repository. */
  readonly images: readonly string[];
  readonly pipeline?: TriggeredPipeline;
  readonly customJob?: TriggeredCustomJob;
  readonly pollSeconds: number;
  readonly timeoutSeconds: number;
}

type Step = Readonly<Record<string, unknown>>;

const assign = (name: string, values: Readonly<Record<string, unknown>>): Step => ({
  [name]: { assign: Object.entries(values).map(([key, value]) => ({ [key]: value })) },
});

/** The Workflow, as Google Workflows reads it. */
export function trainingWorkflow(options: TrainingWorkflowOptions): object {
  return {
    main: {
      params: ['event'],
      steps: [
        {
          run: {
            try: { call: 'train', args: { event: '${event}' }, result: 'outcome' },
            except: {
              as: 'e',
              steps: [
                { giveUp: { call: 'deadLetter', args: { event: '${event}', error: '${e}' } } },
                { fail: { raise: '${e}' } },
              ],
            },
          },
        },
        { done: { return: '${outcome}' } },
      ],
    },
    train: train(options),
    deployed: deployed(options),
    submit: submit(options),
    awaitEnd: awaitEnd(options),
    deadLetter: deadLetter(options),
    transient: transient(),
  };
}

function train(options: TrainingWorkflowOptions): object {
  return {
    params: ['event'],
    steps: [
      { read: { call: 'deployed', args: { event: '${event}' }, result: 'what' } },
      { ours: { switch: [{ condition: '${what == ""}', return: { outcome: 'ignored' } }] } },
      { start: { call: 'submit', args: { what: '${what}' }, result: 'job' } },
      {
        known: {
          switch: [{ condition: '${job == ""}', return: { outcome: 'duplicate', digest: '${what.digest}' } }],
        },
      },
      { wait: { call: 'awaitEnd', args: { job: '${job}' }, result: 'state' } },
      { result: { return: { outcome: 'trained', job: '${job}', state: '${state}', by: options.name } } },
    ],
  };
}

/** Reads what was deployed from an audit log entry of GKE, or from a notice of Artifact Registry. */
function deployed({ images }: TrainingWorkflowOptions): object {
  return {
    params: ['event'],
    steps: [
      assign('decode', { message: '${json.decode(base64.decode(event.data.message.data))}' }),
      {
        kind: {
          switch: [
            { condition: '${"protoPayload" in message}', next: 'deployment' },
            { condition: '${"digest" in message}', next: 'push' },
          ],
        },
      },
      {
        neither: {
          raise: { error: 'NOT_A_DEPLOYMENT', message: 'the message tells of no deployment and no image' },
        },
      },
      {
        push: {
          assign: [
            { image: '${message.digest}' },
            { repository: '${text.split(image, "@")[0]}' },
            { name: 'none' },
            { revision: '0' },
            { wanted: [...images] },
          ],
        },
      },
      // Artifact Registry tells of every image of the project, and of those that are deleted.
      {
        ours: {
          switch: [{ condition: '${message.action == "INSERT" and repository in wanted}', next: 'split' }],
        },
      },
      { ignore: { return: '' } },
      {
        deployment: {
          assign: [
            { object: '${message.protoPayload.response}' },
            { image: '${object.spec.template.spec.containers[0].image}' },
            { name: '${object.metadata.name}' },
            { revision: '${string(object.metadata.generation)}' },
          ],
        },
      },
      // An image by tag has no digest in the log; name and revision are the key then.
      assign('split', { parts: '${text.split(image, "@sha256:")}', key: '${name + "-" + revision}' }),
      {
        byDigest: {
          switch: [{ condition: '${len(parts) == 2}', steps: [assign('digest', { key: '${parts[1]}' })] }],
        },
      },
      // Labels have at most 63 lower-case letters, digits, "-" and "_".
      {
        answer: {
          return: {
            image: '${image}',
            digest: '${text.substring(text.replace_all(key, ".", "-"), 0, 63)}',
            name: '${text.substring(text.replace_all(name, ".", "-"), 0, 63)}',
            revision: '${revision}',
          },
        },
      },
    ],
  };
}

function submit(options: TrainingWorkflowOptions): object {
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
      ...(options.pipeline
        ? submitPipeline(options, options.pipeline)
        : submitCustomJob(options, options.customJob!)),
    ],
  };
}

/** A pipeline job has an id of our choice: the second one for a digest is refused by Vertex AI itself. */
function submitPipeline(options: TrainingWorkflowOptions, pipeline: TriggeredPipeline): Step[] {
  const { parameters = {}, imageParameter } = pipeline;
  return [
    assign('choose', { id: `\${"${options.name}-" + text.substring(what.digest, 0, 32)}` }),
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

function awaitEnd(options: TrainingWorkflowOptions): object {
  const ended = (state: string) => `state == "JOB_STATE_${state}" or state == "PIPELINE_STATE_${state}"`;
  const rounds = Math.ceil(options.timeoutSeconds / options.pollSeconds);
  return {
    params: ['job'],
    steps: [
      assign('begin', { round: 0 }),
      {
        look: {
          try: {
            call: 'http.get',
            args: { ...request(options), url: `\${"${origin(options)}/v1/" + job}` },
            result: 'answer',
          },
          retry: RETRY,
        },
      },
      assign('state', { state: '${answer.body.state}', round: '${round + 1}', detail: '' }),
      {
        explained: {
          switch: [
            {
              condition: '${"error" in answer.body}',
              steps: [assign('explain', { detail: '${answer.body.error.message}' })],
            },
          ],
        },
      },
      {
        judge: {
          switch: [
            { condition: `\${${ended('SUCCEEDED')}}`, return: '${state}' },
            {
              condition: `\${${['FAILED', 'CANCELLED', 'EXPIRED'].map(ended).join(' or ')}}`,
              raise: {
                error: 'JOB_FAILED',
                message: '${job + " ended as " + state}',
                detail: '${detail}',
              },
            },
            { condition: `\${round > ${rounds}}`, next: 'cancel' },
          ],
          next: 'pause',
        },
      },
      { pause: { call: 'sys.sleep', args: { seconds: options.pollSeconds }, next: 'look' } },
      {
        cancel: {
          try: {
            call: 'http.post',
            args: { ...request(options), url: `\${"${origin(options)}/v1/" + job + ":cancel"}` },
          },
          retry: RETRY,
        },
      },
      {
        late: {
          raise: {
            error: 'JOB_TIMED_OUT',
            message: `\${job + " did not end within ${options.timeoutSeconds} s and was cancelled"}`,
          },
        },
      },
    ],
  };
}

/** Keeps what could not be done, with the error, for someone to look at and send again. */
function deadLetter(options: TrainingWorkflowOptions): object {
  return {
    params: ['event', 'error'],
    steps: [
      assign('write', { letter: { event: '${event}', error: '${error}' } }),
      {
        publish: {
          try: {
            call: 'http.post',
            args: {
              url: `https://pubsub.googleapis.com/v1/${options.deadLetterTopic}:publish`,
              auth: { type: 'OAuth2' },
              body: {
                messages: [
                  {
                    data: '${base64.encode(json.encode(letter))}',
                    attributes: { trigger: options.name },
                  },
                ],
              },
            },
          },
          retry: RETRY,
        },
      },
    ],
  };
}

const RETRY = {
  predicate: '${transient}',
  max_retries: 8,
  backoff: { initial_delay: 1, max_delay: 60, multiplier: 2 },
};

/** Errors that pass by themselves: too many requests, a server in trouble, a lost connection. */
function transient(): object {
  return {
    params: ['e'],
    steps: [
      {
        byCode: {
          switch: [{ condition: '${"code" in e and e.code in [429, 500, 502, 503, 504]}', return: true }],
        },
      },
      {
        byTag: {
          switch: [
            {
              condition:
                '${"tags" in e and ("ConnectionError" in e.tags or "ConnectionFailedError" in e.tags or "TimeoutError" in e.tags)}',
              return: true,
            },
          ],
        },
      },
      { no: { return: false } },
    ],
  };
}

function origin({ location }: TrainingWorkflowOptions): string {
  return `https://${location}-aiplatform.googleapis.com`;
}

function parent(options: TrainingWorkflowOptions): string {
  return `${origin(options)}/v1/projects/${options.projectId}/locations/${options.location}`;
}

function request({ reason, name }: TrainingWorkflowOptions): Step {
  return {
    auth: { type: 'OAuth2' },
    timeout: 60,
    // The header is kept in the audit log where Vertex AI honours it; the user agent always is.
    headers: { 'X-Goog-Request-Reason': reason, 'User-Agent': `cdktf-multicloud trigger/${name}` },
  };
}

/** Labels are too narrow for a sentence, so the reason stands in the name. */
function displayName({ name, reason }: TrainingWorkflowOptions): string {
  return `${name}: ${reason}`.slice(0, 128);
}
