import { rule } from '../../rule';
import { every, fail, when } from '../../verdict';
import { IDENTITY_POLICIES, names, ofEachStatement, policyOf, roleAllowing, tests } from './policy';

/** Condition keys that limit a token of sts:GetWebIdentityToken. */
const KEYS = ['sts:identitytokenaudience', 'sts:durationseconds'];
const limits = {
  'ForAllValues:StringEquals': { 'sts:IdentityTokenAudience': 'https://api.example.com' },
  Null: { 'sts:IdentityTokenAudience': 'false' },
  NumericLessThanEquals: { 'sts:DurationSeconds': '300' },
};

/** Policies that may obtain tokens for every audience. */
export const identityToken = rule(IDENTITY_POLICIES, {
  id: 'AWS010',
  title: 'Token of AWS for any audience or any time',
  severity: 'error',
  why: 'The identity obtains tokens that every service accepts which trusts the AWS account.',
  fix: 'Test sts:IdentityTokenAudience and sts:DurationSeconds.',
  controls: ['SOC 2 CC6.1'],
  check: (identity) =>
    ofEachStatement(identity, (statement) =>
      when(
        every(statement.allows, names(statement, 'sts:GetWebIdentityToken')),
        ...KEYS.map((key) =>
          tests(
            statement,
            (condition) => condition.key === key && !/Not|^Null|Greater/.test(condition.operator),
            fail(`The statement does not test ${key}.`, {
              property: statement.subject.self.property,
              detail: key,
            }),
          ),
        ),
      ),
    ),
  passes: [
    { role: 'x', policy: policyOf({ Action: 'sts:GetWebIdentityToken', Resource: '*', Condition: limits }) },
  ],
  fails: [
    { role: 'x', policy: policyOf({ Action: 'sts:GetWebIdentityToken', Resource: '*' }) },
    roleAllowing({ Action: 'sts:GetWebIdentityToken', Resource: '*' }),
    {
      role: 'x',
      policy: policyOf({
        Action: 'sts:GetWebIdentityToken',
        Resource: '*',
        Condition: { NumericLessThanEquals: limits.NumericLessThanEquals },
      }),
    },
    {
      role: 'x',
      policy: policyOf({
        Action: 'sts:GetWebIdentityToken',
        Resource: '*',
        Condition: {
          ...limits,
          NumericLessThanEquals: {},
          NumericGreaterThan: { 'sts:DurationSeconds': '300' },
        },
      }),
    },
  ],
});
