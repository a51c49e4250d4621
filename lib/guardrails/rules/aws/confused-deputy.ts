import { rule } from '../../rule';
import { all, any, every, fail, isUnknown, when, type Verdict } from '../../verdict';
import { roleTrusting, statementsOf, tests, type Principal } from './policy';

/** Services that send aws:SourceAccount or aws:SourceArn when they assume a role, by their documentation. */
const SERVICES = ['pipes.amazonaws.com', 'scheduler.amazonaws.com', 'states.amazonaws.com'];

/** Condition keys with the resource or the account that a service works for. */
const SOURCE = ['aws:sourceaccount', 'aws:sourcearn'];

/** Roles that a service can assume for other accounts. */
export const confusedDeputy = rule('aws_iam_role', {
  id: 'AWS005',
  title: 'Role that a service can assume on behalf of another account',
  severity: 'warning',
  why: 'Another customer who names the role lets the service act with it (confused deputy).',
  fix: 'Test aws:SourceAccount, and aws:SourceArn where it is known.',
  controls: ['SOC 2 CC6.1'],
  check: (role) => {
    const statements = statementsOf(role, 'assume_role_policy');
    if (isUnknown(statements)) return statements;
    return all(
      ...statements.flatMap((statement) =>
        when(
          every(statement.allows, any(fail('No service.'), ...statement.principals.map(isService))),
          tests(
            statement,
            ({ key, operator }) => SOURCE.includes(key) && !/Not|^Null/.test(operator),
            fail('The trust names no source account.', { property: statement.subject.self.property }),
          ),
        ),
      ),
    );
  },
  passes: [
    roleTrusting({
      Principal: { Service: 'states.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
    }),
    roleTrusting({ Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }),
  ],
  fails: [
    roleTrusting({ Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' }),
    roleTrusting({
      Principal: { Service: 'states.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: { StringNotEquals: { 'aws:SourceAccount': '123456789012' } },
    }),
  ],
});

const isService = ({ value }: Principal): Verdict => value.is(...SERVICES);
