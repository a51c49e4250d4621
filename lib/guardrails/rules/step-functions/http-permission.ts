import { rule } from '../../rule';
import { every, fail, when } from '../../verdict';
import { IDENTITY_POLICIES, names, ofEachStatement, policyOf, roleAllowing, tests } from '../aws/policy';

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
    ofEachStatement(identity, (statement) =>
      when(
        every(statement.allows, names(statement, 'states:InvokeHTTPEndpoint')),
        tests(
          statement,
          ({ key, operator }) => key === 'states:httpendpoint' && !/IfExists$|Not|^Null/.test(operator),
          fail('The statement names no endpoint.', { property: statement.subject.self.property }),
        ),
      ),
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
