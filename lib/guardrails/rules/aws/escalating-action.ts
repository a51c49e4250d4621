import { rule } from '../../rule';
import { any, every, fail, when } from '../../verdict';
import { has, IDENTITY_POLICIES, names, ofEachStatement, policyOf, roleAllowing } from './policy';

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
    ofEachStatement(identity, (statement) => {
      const { allows, subject, resources, notResources } = statement;
      const isUnlimited = every(
        allows,
        any(has(notResources), ...resources.map((resource) => resource.meets(isEverything, canBeEverything))),
      );
      if (isUnlimited.verdict === 'fail') return [];
      return ACTIONS.flatMap((action) =>
        when(
          every(names(statement, action), isUnlimited),
          fail(`${action} has no limit of resources.`, { property: subject.self.property, detail: action }),
        ),
      );
    }),
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

/** Whether a resource that only Terraform knows can be every one: its start and its end are not of another ARN. */
function canBeEverything(outline: string): boolean {
  return /^(…|arn:[^:]*:(iam|lambda|states|.*…))/.test(outline) && /[*…]$/.test(outline);
}

/** Every resource, or every resource of a type: arn:aws:iam::123456789012:role/*. */
function isEverything(resource: string): boolean {
  return (
    resource === '*' ||
    /^arn:[^:]*:(iam|lambda|states):[^:]*:[^:]*:(role[/:])?(function:|stateMachine:)?\*$/.test(resource)
  );
}
