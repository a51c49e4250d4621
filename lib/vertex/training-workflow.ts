import { submit } from './training-submission';
import {
  assign,
  beginningOf,
  origin,
  request,
  retriedCall,
  type TrainingWorkflowOptions,
} from './workflow-steps';

export { type TrainingWorkflowOptions } from './workflow-steps';

/*
 * The source of the Workflow that turns "this image was deployed" into one training job and waits for its end.
 * Plain data in the syntax of Workflows (https://cloud.google.com/workflows/docs/reference/syntax), made of typed
 * props, and executed in the tests.
 */

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
          raise: { error: 'NOT_A_DEPLOYMENT', message: 'the message has no deployment and no image' },
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
      // Artifact Registry reports every image of the project, and deleted images too.
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
            digest: label('key'),
            name: label('name'),
            revision: '${revision}',
          },
        },
      },
    ],
  };
}

/** A variable as the value of a label: at most 63 characters, and hyphens in place of dots. */
function label(variable: string): string {
  return `\${${beginningOf(`text.replace_all(${variable}, ".", "-")`, `len(${variable})`, 63)}}`;
}

function awaitEnd(options: TrainingWorkflowOptions): object {
  const ended = (state: string) => `state == "JOB_STATE_${state}" or state == "PIPELINE_STATE_${state}"`;
  const rounds = Math.ceil(options.timeoutSeconds / options.pollSeconds);
  return {
    params: ['job'],
    steps: [
      assign('begin', { round: 0 }),
      retriedCall(
        'look',
        'http.get',
        { ...request(options), url: `\${"${origin(options)}/v1/" + job}` },
        'answer',
      ),
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
      retriedCall('cancel', 'http.post', {
        ...request(options),
        url: `\${"${origin(options)}/v1/" + job + ":cancel"}`,
      }),
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

/** Publishes the event with its error, so that an operator can inspect and republish it. */
function deadLetter(options: TrainingWorkflowOptions): object {
  return {
    params: ['event', 'error'],
    steps: [
      assign('write', { letter: { event: '${event}', error: '${error}' } }),
      retriedCall('publish', 'http.post', {
        url: `https://pubsub.googleapis.com/v1/${options.deadLetterTopic}:publish`,
        auth: { type: 'OAuth2' },
        body: {
          messages: [
            { data: '${base64.encode(json.encode(letter))}', attributes: { trigger: options.name } },
          ],
        },
      }),
    ],
  };
}

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
