/*
 * An interpreter of the Amazon States Language, in a process of its own on Node 22: it needs what Node 20 lacks.
 * Started by `interpreter.ts`.
 */
import { clearTimeout, setTimeout } from 'node:timers';
import { StateMachine } from 'aws-local-stepfunctions';

const running = new Map();
/** Tasks that wait for their token to come back. */
const waiting = new Map();

process.on('message', (message) => {
  if (message.abort) running.get(message.id)?.abort();
  else if (message.report) process.send({ reported: message.id, refusal: report(message.report) });
  else void run(message);
});
process.on('disconnect', () => process.exit());

async function run({ id, definition, input, context, functions, waitMs, retryMs, heartbeatMs, answerMs }) {
  const states = everyState(definition);
  const named = (type, value) =>
    Object.fromEntries(
      states.filter(([, state]) => state.Type === type).map(([name, state]) => [name, value(state, name)]),
    );
  const machine = machineOf(definition);
  // The interpreter does not say when a state was entered; here it is when the state asks.
  context.State = {
    get EnteredTime() {
      return new Date().toISOString();
    },
  };
  const { result, abort, eventLogs } = machine.run(input, {
    context,
    overrides: {
      taskResourceLocalHandlers: named(
        'Task',
        (state) => (event) =>
          task({ state, event, functions, token: context.Task.Token, heartbeatMs, answerMs }),
      ),
      waitTimeOverrides: named('Wait', () => waitMs),
      retryIntervalOverrides: { ...named('Task', () => retryMs), ...named('Parallel', () => retryMs) },
    },
  });
  running.set(id, { abort });
  const events = collect(eventLogs);
  try {
    const output = await result;
    process.send({ id, output, events: await events });
  } catch (error) {
    const { name, message } = error.cause ?? error;
    process.send({ id, error: { name, cause: message }, events: await events });
  } finally {
    running.delete(id);
  }
}

const validated = new Set();

/** The state machine of a definition. The interpreter validates each definition once, which takes longer than most runs. */
function machineOf(definition) {
  const text = JSON.stringify(definition);
  const validationOptions = { noValidate: validated.has(text) };
  // A definition of its own, since the validator of the interpreter changes what it is given.
  const machine = new StateMachine(withinTimers(inOneExecution(definition)), { validationOptions });
  validated.add(text);
  return machine;
}

/**
 * Items of a Distributed Map are executions of their own, whose input names the one that a person started. Here they
 * run within that one, and the input of each branch is called that of the execution.
 */
function inOneExecution(definition) {
  const text = JSON.stringify(definition);
  return JSON.parse(
    text.replaceAll(/\$\$\.Execution\.Input\.(BatchInput\.)?execution/g, '$$$$.Execution.Id'),
  );
}

/** Timers of Node end at once when they are set to more than 2^31 - 1 ms, and the interpreter sets one for each time-out. */
function withinTimers(definition) {
  const longest = Math.floor((2 ** 31 - 1) / 1_000);
  const shorter = (key, value) => (key === 'TimeoutSeconds' ? Math.min(value, longest) : value);
  return JSON.parse(JSON.stringify(definition, shorter));
}

/** A Task: what it calls, and whether its result is the answer or comes later, with the task token. */
async function task({ state, event, functions, token, heartbeatMs, answerMs }) {
  const resource = state.Resource.replace(/^arn:aws:states:::/, '');
  if (!resource.endsWith('.waitForTaskToken')) return call(functions[resource], state, event);
  const later = tokenOf(token, state.HeartbeatSeconds && heartbeatMs, answerMs);
  const service = resource.replace('.waitForTaskToken', '');
  try {
    const called =
      service === 'lambda:invoke'
        ? call(functions[event.FunctionName], state, event.Payload)
        : call(functions[service], state, event);
    // The time-outs and a report do not wait for the response of the service.
    await Promise.race([called, later]);
  } catch (error) {
    waiting.get(token)?.end();
    throw error;
  }
  return later;
}

/** The interpreter knows neither task tokens nor heartbeats. */
function tokenOf(token, heartbeatMs, answerMs) {
  return new Promise((resolve, reject) => {
    const failed = (name) => () => fail(name, 'No answer.');
    const fail = (name, cause) => {
      end();
      reject(Object.assign(new Error(cause), { name }));
    };
    const answer = answerMs && setTimeout(failed('States.Timeout'), answerMs);
    let beat;
    const heartbeat = () => {
      clearTimeout(beat);
      if (heartbeatMs) beat = setTimeout(failed('States.HeartbeatTimeout'), heartbeatMs);
    };
    const end = () => {
      clearTimeout(answer);
      clearTimeout(beat);
      waiting.delete(token);
    };
    heartbeat();
    waiting.set(token, { heartbeat, end, fail, succeed: (output) => (end(), resolve(output)) });
  });
}

/** SendTaskSuccess, SendTaskFailure and SendTaskHeartbeat; the name of the error if the token is not, or no longer, known. */
function report({ token, success, failure }) {
  const found = waiting.get(token);
  if (!found) return 'TaskTimedOut';
  if (success !== undefined) found.succeed(success);
  else if (failure) found.fail(failure.error, failure.cause);
  else found.heartbeat();
  return undefined;
}

/** What Step Functions does with a Lambda function: an error is told by its type, and its cause is the whole answer. */
async function call(url, state, event) {
  if (!url) throw new Error(`nobody plays ${state.Resource}`);
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(event) });
  const answer = await response.json();
  if (answer.errorType === undefined) return answer.result;
  const error = new Error(JSON.stringify(answer));
  error.name = answer.errorType;
  throw error;
}

async function collect(eventLogs) {
  const events = [];
  for await (const event of eventLogs) events.push(event);
  return events;
}

function everyState({ States }) {
  return Object.entries(States).flatMap(([name, state]) => [
    [name, state],
    ...(state.Branches ?? []).flatMap(everyState),
    ...(state.ItemProcessor ? everyState(state.ItemProcessor) : []),
  ]);
}
