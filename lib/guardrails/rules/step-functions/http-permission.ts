import { rule } from '../../rule';
import { fail } from '../../verdict';
import { covers, IDENTITY_POLICIES, ofEachPolicy, policyOf, roleAllowing } from '../aws/policy';

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
  check: (identity) =>
    ofEachPolicy(identity, (allows) =>
      allows
        .filter(
          ({ actions, conditions }) =>
            actions.some(({ text }) => text !== '*' && covers(text, 'states:InvokeHTTPEndpoint')) &&
            !conditions.some(
              ({ key, operator }) => key === 'states:httpendpoint' && !/IfExists$|Not/.test(operator),
            ),
        )
        .map(({ subject }) => fail('The statement names no endpoint.', { property: subject.self.property })),
    ),
  passes: [
    {
      role: 'x',
      policy: policyOf({ Action: 'states:InvokeHTTPEndpoint', Resource: '*', Condition: LIMITS }),
    },
  ],
  fails: [
    { role: 'x', policy: policyOf({ Action: 'states:InvokeHTTPEndpoint', Resource: '*' }) },
    roleAllowing({ Action: 'states:InvokeHTTPEndpoint', Resource: '*' }),
  ],
});
