/*
 * An interpreter of the Amazon States Language, in a process of its own on Node 22: it needs what Node 20 lacks.
 * Started by `interpreter.ts`.
 */
import { StateMachine } from 'aws-local-stepfunctions';

const running = new Map();

process.on('message', (message) => {
  if (message.abort) running.get(message.id)?.abort();
  else void run(message);
});
process.on('disconnect', () => process.exit());

async function run({ id, definition, input, context, functions, waitMs, retryMs }) {
  const states = everyState(definition);
  const named = (type, value) =>
    Object.fromEntries(
      states.filter(([, state]) => state.Type === type).map(([name, state]) => [name, value(state, name)]),
    );
  // A definition of its own, since the validator of the interpreter changes what it is given.
  const machine = new StateMachine(inOneExecution(definition));
  const { result, abort, eventLogs } = machine.run(input, {
    context,
    overrides: {
      taskResourceLocalHandlers: named(
        'Task',
        (state) => (event) => call(functions[state.Resource], state, event),
      ),
      waitTimeOverrides: named('Wait', () => waitMs),
      retryIntervalOverrides: { ...named('Task', () => retryMs), ...named('Parallel', () => retryMs) },
    },
  });
  running.set(id, { abort });
  const entered = countStates(eventLogs);
  try {
    const output = await result;
    process.send({ id, output, history: await entered });
  } catch (error) {
    const { name, message } = error.cause ?? error;
    process.send({ id, error: { name, cause: message }, history: await entered });
  } finally {
    running.delete(id);
  }
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

async function countStates(events) {
  const history = [];
  for await (const event of events) {
    if (event.type === 'StateEntered') history.push(event.state.name);
  }
  return history;
}

function everyState({ States }) {
  return Object.entries(States).flatMap(([name, state]) => [
    [name, state],
    ...(state.Branches ?? []).flatMap(everyState),
    ...(state.ItemProcessor ? everyState(state.ItemProcessor) : []),
  ]);
}
