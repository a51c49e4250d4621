import { rule } from '../../rule';
import { all, fail, pass } from '../../verdict';
import { allowsOf, isUnknown, roleTrusting } from './policy';

/** Services that send aws:SourceAccount or aws:SourceArn when they assume a role, by their documentation. */
const SERVICES = ['pipes.amazonaws.com', 'scheduler.amazonaws.com', 'states.amazonaws.com'];

/** Roles that a service can assume for other accounts. */
export const confusedDeputy = rule('aws_iam_role', {
  id: 'AWS005',
  title: 'Role that a service can assume on behalf of another account',
  severity: 'warning',
  why: 'Another customer who names the role lets the service act with it (confused deputy).',
  fix: 'Test aws:SourceAccount, and aws:SourceArn where it is known.',
  controls: ['SOC 2 CC6.1'],
  check: (role) => {
    const statements = allowsOf(role, 'assume_role_policy');
    if (isUnknown(statements)) return statements;
    return all(
      ...statements
        .filter(({ principals }) => principals.some(({ value }) => SERVICES.includes(value.text)))
        .map(({ subject, conditions }) =>
          conditions.some(({ key }) => key === 'aws:sourceaccount' || key === 'aws:sourcearn')
            ? pass
            : fail('The trust names no source account.', { property: subject.self.property }),
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
  fails: [roleTrusting({ Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' })],
});
