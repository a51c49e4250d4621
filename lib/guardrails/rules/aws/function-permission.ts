import { rule } from '../../rule';
import { any, pass, when } from '../../verdict';

/** Functions that a service can invoke for other accounts. */
export const functionPermission = rule('aws_lambda_permission', {
  id: 'AWS012',
  title: 'Function that a service can invoke on behalf of another account',
  severity: 'error',
  why: 'Every customer of the service can invoke the function through it (confused deputy).',
  fix: 'Set source_arn, and source_account for S3.',
  controls: ['SOC 2 CC6.1'],
  check: (permission) => {
    const principal = permission.value('principal');
    if (principal.text === '*') return permission.value('principal_org_id').isSet();
    const isService = principal.outline.endsWith('.amazonaws.com');
    return when(
      isService ? pass : principal.matches(/\.amazonaws\.com$/, 'be a service'),
      any(permission.value('source_arn').isSet(), permission.value('source_account').isSet()),
    );
  },
  passes: [
    {
      function_name: 'x',
      action: 'lambda:InvokeFunction',
      principal: 'events.amazonaws.com',
      source_arn: 'arn:aws:events:eu-west-1:123456789012:rule/x',
    },
    { function_name: 'x', action: 'lambda:InvokeFunction', principal: '123456789012' },
  ],
  fails: [
    { function_name: 'x', action: 'lambda:InvokeFunction', principal: 'events.amazonaws.com' },
    { function_name: 'x', action: 'lambda:InvokeFunction', principal: '*' },
  ],
});
