import { rule } from '../../rule';
import { every, when } from '../../verdict';
import { IDENTITY_POLICIES, names, ofEachStatement, policyOf, roleAllowing } from './policy';

/** Policies that may answer the tasks of every state machine. */
export const taskToken = rule(IDENTITY_POLICIES, {
  id: 'AWS009',
  title: 'Answers for the tasks of every state machine',
  severity: 'error',
  why: 'The identity can end any waiting task of the account with a result of its choice.',
  fix: 'Name the ARN of the state machine.',
  controls: ['SOC 2 CC6.3'],
  check: (identity) =>
    ofEachStatement(identity, (statement) =>
      when(
        every(statement.allows, names(statement, 'states:SendTaskSuccess')),
        ...statement.resources.map((resource) => resource.isNot('*')),
      ),
    ),
  passes: [
    {
      role: 'x',
      policy: policyOf({
        Action: ['states:SendTaskSuccess'],
        Resource: 'arn:aws:states:eu-west-1:123456789012:stateMachine:etl',
      }),
    },
  ],
  fails: [
    { role: 'x', policy: policyOf({ Action: ['states:SendTask*'], Resource: '*' }) },
    roleAllowing({ Action: 'states:SendTaskSuccess', Resource: '*' }),
  ],
});
