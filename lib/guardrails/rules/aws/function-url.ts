import { rule } from '../../rule';

/** Function URLs without authentication. */
export const functionUrl = rule('aws_lambda_function_url', {
  id: 'AWS013',
  title: 'Function URL without authentication',
  severity: 'error',
  why: 'Every client on the internet can invoke the function.',
  fix: 'Set authorization_type to AWS_IAM.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.8.20'],
  check: (url) => url.value('authorization_type').is('AWS_IAM'),
  passes: [{ function_name: 'x', authorization_type: 'AWS_IAM' }],
  fails: [{ function_name: 'x', authorization_type: 'NONE' }],
  unknowns: [{ function_name: 'x', authorization_type: '${var.auth}' }],
});
