import { rule } from '../../rule';
import { fail } from '../../verdict';
import { covers, IDENTITY_POLICIES, ofEachPolicy, policyOf, roleAllowing } from './policy';

/** Actions with which an identity raises its own access, if no resource limits them. */
const ACTIONS = [
  'iam:AddUserToGroup',
  'iam:AttachGroupPolicy',
  'iam:AttachRolePolicy',
  'iam:AttachUserPolicy',
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:CreatePolicyVersion',
  'iam:PassRole',
  'iam:PutGroupPolicy',
  'iam:PutRolePolicy',
  'iam:PutUserPolicy',
  'iam:SetDefaultPolicyVersion',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateLoginProfile',
  'lambda:UpdateFunctionCode',
  'states:UpdateStateMachine',
  'sts:AssumeRole',
];

/** Policies with which an identity raises its own access. */
export const escalatingAction = rule(IDENTITY_POLICIES, {
  id: 'AWS008',
  title: 'Action on every resource that raises access',
  severity: 'error',
  why: 'The identity obtains the access of any role of the account.',
  fix: 'Name the roles, functions or state machines as resources.',
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.8.2'],
  check: (identity) =>
    ofEachPolicy(identity, (allows) =>
      allows
        .filter(
          ({ resources, notResources }) =>
            notResources.length > 0 || resources.some(({ text }) => isEverything(text)),
        )
        .flatMap(({ subject, actions }) =>
          ACTIONS.filter((action) => actions.some(({ text }) => text !== '*' && covers(text, action))).map(
            (action) =>
              fail(`${action} has no limit of resources.`, {
                property: subject.self.property,
                detail: action,
              }),
          ),
        ),
    ),
  passes: [
    {
      role: 'x',
      policy: policyOf({ Action: 'iam:PassRole', Resource: 'arn:aws:iam::123456789012:role/task' }),
    },
    { role: 'x', policy: policyOf({ Action: ['logs:PutLogEvents'], Resource: '*' }) },
  ],
  fails: [
    { role: 'x', policy: policyOf({ Action: 'iam:PassRole', Resource: '*' }) },
    { role: 'x', policy: policyOf({ Action: ['iam:Put*'], Resource: ['*'] }) },
    roleAllowing({ Action: 'iam:PassRole', Resource: '*' }),
    {
      role: 'x',
      policy: policyOf({ Action: 'sts:AssumeRole', Resource: 'arn:aws:iam::123456789012:role/*' }),
    },
  ],
});

/** Every resource, or every resource of a type: arn:aws:iam::123456789012:role/*. */
function isEverything(resource: string): boolean {
  return (
    resource === '*' ||
    /^arn:[^:]*:(iam|lambda|states):[^:]*:[^:]*:(role[/:])?(function:|stateMachine:)?\*$/.test(resource)
  );
}
