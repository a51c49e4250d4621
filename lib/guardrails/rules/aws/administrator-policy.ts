import { rule } from '../../rule';
import { every, fail, when } from '../../verdict';
import { has, IDENTITY_POLICIES, ofEachStatement, policyOf, roleAllowing } from './policy';

/** Policies that allow everything, or everything but a list. */
export const administratorPolicy = rule(IDENTITY_POLICIES, {
  id: 'AWS006',
  title: 'Policy that allows every action, or every action but some',
  severity: 'error',
  why: 'The policy covers services and actions that no reviewer has read, also later ones.',
  fix: 'List the actions and the resources.',
  controls: ['CIS AWS 1.16', 'SOC 2 CC6.3', 'ISO 27001 A.8.2'],
  check: (identity) =>
    ofEachStatement(identity, ({ subject, allows, actions, notActions }) => [
      ...when(
        every(allows, has(notActions)),
        fail('The statement allows every action but a list.', {
          property: subject.self.property,
          detail: 'NotAction',
        }),
      ),
      ...when(allows, ...actions.map((action) => action.isNot('*', '*:*'))),
    ]),
  passes: [{ role: 'x', policy: policyOf({ Action: ['s3:GetObject'], Resource: 'arn:aws:s3:::books/*' }) }],
  fails: [
    { role: 'x', policy: policyOf({ Action: '*', Resource: '*' }) },
    { role: 'x', policy: policyOf({ NotAction: ['iam:*'], Resource: '*' }) },
    roleAllowing({ Action: '*', Resource: '*' }),
  ],
  unknowns: [{ role: 'x', policy: '${var.policy}' }],
});
