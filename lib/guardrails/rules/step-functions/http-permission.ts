import { rule } from '../../rule';
import { fail, pass } from '../../verdict';
import { allowsOf, covers, IDENTITY_POLICIES, isUnknown, policyOf } from '../aws/policy';

const LIMITS = {
  StringEquals: { 'states:HTTPMethod': 'GET' },
  StringLike: { 'states:HTTPEndpoint': 'https://api.example.com/*' },
};

/** Roles that call any endpoint with the credentials of a connection. */
export const httpPermission = rule(IDENTITY_POLICIES, {
  id: 'SFN011',
  title: 'HTTP Tasks to any endpoint',
  severity: 'error',
  why: 'A changed definition sends the credentials of the connection to another server.',
  fix: 'Test states:HTTPEndpoint and states:HTTPMethod.',
  controls: ['SOC 2 CC6.6'],
  check: (policy) => {
    const statements = allowsOf(policy, 'policy');
    if (isUnknown(statements)) return statements;
    const open = statements.filter(
      ({ actions, conditions }) =>
        actions.some(({ text }) => text !== '*' && covers(text, 'states:InvokeHTTPEndpoint')) &&
        !conditions.some(
          ({ key, operator }) => key === 'states:httpendpoint' && !/IfExists$|Not/.test(operator),
        ),
    );
    return open.length === 0
      ? pass
      : open.map(({ subject }) =>
          fail('The statement names no endpoint.', { property: subject.self.property }),
        );
  },
  passes: [
    {
      role: 'x',
      policy: policyOf({ Action: 'states:InvokeHTTPEndpoint', Resource: '*', Condition: LIMITS }),
    },
  ],
  fails: [{ role: 'x', policy: policyOf({ Action: 'states:InvokeHTTPEndpoint', Resource: '*' }) }],
});
