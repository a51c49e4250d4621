import { isComputed, isModelObject } from '../../../model/values/value';
import { rule } from '../../rule';
import { all, fail, pass } from '../../verdict';

const NAMES = /^(AWS_SECRET_ACCESS_KEY|AWS_ACCESS_KEY_ID|GOOGLE_APPLICATION_CREDENTIALS)$/;
const KEY =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----|"type":\s*"service_account"|\b(AKIA|ASIA)[0-9A-Z]{16}\b|\$\{(google_service_account_key|aws_iam_access_key)\./;

/** Functions with a key in their environment. */
export const functionKey = rule('aws_lambda_function', {
  id: 'AWS014',
  title: 'Key of a cloud in the environment of a function',
  severity: 'error',
  why: 'Each principal that may describe the function reads the key, which is valid until it is deleted.',
  fix: 'Use the role of the function, and workload identity federation for Google Cloud.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17'],
  check: (lambda) => {
    const variables = lambda.value('environment.variables');
    if (isComputed(variables.value)) return variables.unknown();
    if (!isModelObject(variables.value)) return pass;
    const names = Object.keys(variables.value);
    return all(
      ...names.map((name) => {
        const variable = lambda.entry('environment.variables', name);
        if (NAMES.test(name) || KEY.test(variable.text)) {
          return fail(`The variable ${name} has a key.`, { property: variable.property, detail: name });
        }
        return variable.identity === undefined ? variable.unknown() : pass;
      }),
    );
  },
  passes: [
    {
      function_name: 'x',
      role: 'r',
      environment: { variables: { AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/x' } },
    },
  ],
  fails: [
    {
      function_name: 'x',
      role: 'r',
      environment: { variables: { GOOGLE_APPLICATION_CREDENTIALS: '/var/task/key.json' } },
    },
    {
      function_name: 'x',
      role: 'r',
      environment: [{ variables: { CONFIG: '{"type": "service_account"}' } }],
    },
    {
      function_name: 'x',
      role: 'r',
      environment: { variables: { CONFIG: '${google_service_account_key.x.private_key}' } },
    },
  ],
});
