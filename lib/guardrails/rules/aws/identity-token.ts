import { rule } from '../../rule';
import { fail } from '../../verdict';
import { covers, IDENTITY_POLICIES, ofEachPolicy, policyOf, roleAllowing } from './policy';

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
    ofEachPolicy(identity, (allows) =>
      allows
        .filter(({ actions }) =>
          actions.some(({ text }) => text !== '*' && covers(text, 'sts:GetWebIdentityToken')),
        )
        .flatMap(({ subject, conditions }) =>
          KEYS.filter((key) => !conditions.some((condition) => condition.key === key)).map((key) =>
            fail(`The statement does not test ${key}.`, { property: subject.self.property, detail: key }),
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
  ],
});
