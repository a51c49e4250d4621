import { isModelObject, type ModelValue } from '../../../model/values/value';
import { rule } from '../../rule';
import { fail } from '../../verdict';
import { textOf } from '../../text-of';

const NAMES = /^(AWS_SECRET_ACCESS_KEY|AWS_ACCESS_KEY_ID|GOOGLE_APPLICATION_CREDENTIALS)$/;
const KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----|"type":\s*"service_account"|\b(AKIA|ASIA)[0-9A-Z]{16}\b/;

/** Functions with a key in their environment. */
export const functionKey = rule('aws_lambda_function', {
  id: 'AWS014',
  title: 'Key of a cloud in the environment of a function',
  severity: 'error',
  why: 'Each principal that may describe the function reads the key, which is valid until it is deleted.',
  fix: 'Use the role of the function, and workload identity federation for Google Cloud.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17'],
  check: (lambda) => {
    const { value, property } = lambda.value('environment.variables');
    if (!isModelObject(value)) return [];
    return Object.entries(value as Readonly<Record<string, ModelValue>>)
      .filter(([name, each]) => NAMES.test(name) || KEY.test(textOf(each)))
      .map(([name]) =>
        fail(`The variable ${name} has a key.`, { property: `${property}.${name}`, detail: name }),
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
  ],
});
