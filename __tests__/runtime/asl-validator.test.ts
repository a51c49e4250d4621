import original = require('asl-validator');
import { aslProblems } from '../../lib/orchestration/state-machine/asl/asl-validator';

/* The schemas of the bundle are compiled by the build. The package compiles the same schemas at run time. */

const machine = (state: object) => ({ StartAt: 'A', States: { A: state } }) as never;
const task = (fields: object) =>
  machine({ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true, ...fields });

const DEFINITIONS: Readonly<Record<string, never>> = {
  'with valid paths of each kind': task({
    InputPath: '$.a',
    OutputPath: '$$.Execution.Id',
    ResultPath: '$.b[0]',
    Parameters: { 'c.$': "States.Format('{}', $.d)" },
    HeartbeatSecondsPath: '$.e',
  }),
  'with an invalid timestamp': machine({ Type: 'Wait', Timestamp: 'tomorrow', End: true }),
  'with invalid paths': task({
    InputPath: '$.[',
    ResultPath: '$.a[*]',
    Parameters: { 'b.$': 'c' },
  }),
  'with invalid JSONata': {
    ...(machine({ Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% $a( %}', End: true }) as object),
  } as never,
  'with a resource that is not an ARN': task({ Resource: 'lambda' }),
  'with a field of another type of state': machine({ Type: 'Choice', Choices: [], Next: 'A' }),
  'without a terminal state': machine({ Type: 'Pass', Next: 'A' }),
};

test.each(Object.entries(DEFINITIONS))(
  'reports the problems of the package for a definition %s',
  (name, definition) => {
    const { errors } = original(structuredClone(definition)) as {
      errors: readonly { readonly Message: string }[];
    };
    expect(errors.length > 0).toBe(name !== 'with valid paths of each kind');
    expect(aslProblems(definition).map(({ rule }) => rule)).toEqual(
      errors.map(
        ({ Message }) =>
          `have the form that the schema of the States Language requires (${Message.replace(/^.* is invalid\. /, '')})`,
      ),
    );
  },
);

test('reports a resource that is not an ARN', () => {
  expect(aslProblems(DEFINITIONS['with a resource that is not an ARN']!)).toMatchInlineSnapshot(`
   [
     {
       "property": "definition.States["A"].Resource",
       "rule": "have the form that the schema of the States Language requires (must match exactly one schema in oneOf)",
       "value": "lambda",
     },
   ]
  `);
});
