import { alice, brief, everyone } from './policy-fixtures';

const rule = (
  effect: string,
  principals: readonly string[],
  permissions: readonly string[],
  given: object = {},
) => ({
  effect,
  principals,
  operation: { permissions },
  ...given,
});
const access = (...rules: object[]) => ({ details: { rules } });
const publish = 'eventarc.googleapis.com/messageBuses.publish';
const use = 'eventarc.googleapis.com/messageBuses.use';
const user = 'principal://goog/subject/alice@example.com';

describe('access policies', () => {
  test.each([
    [
      'a narrower rule',
      access(rule('ALLOW', [user], [publish])),
      access(rule('ALLOW', [user], [publish, use])),
      'within',
    ],
    [
      'another permission',
      access(rule('ALLOW', [user], [publish, use])),
      access(rule('ALLOW', [user], [publish])),
      `broader ${alice} ${use}`,
    ],
    [
      'a rule that denies is dropped',
      access(rule('ALLOW', [user], [publish])),
      access(rule('ALLOW', [user], [publish]), rule('DENY', [everyone], [publish])),
      `broader ${alice} ${publish}`,
    ],
    [
      'a rule that denies what the other does not allow',
      access(rule('ALLOW', [user], [publish, use]), rule('DENY', [user], [use])),
      access(rule('ALLOW', [user], [publish])),
      'within',
    ],
    [
      'an excluded principal',
      access(rule('ALLOW', [everyone], [publish], { excludedPrincipals: [user] })),
      access(rule('ALLOW', [everyone], [publish])),
      'within',
    ],
    [
      'a condition that is dropped',
      access(rule('ALLOW', [user], [publish])),
      access(
        rule('ALLOW', [user], [publish], {
          conditions: { 'iam.googleapis.com': { expression: "resource.hasTagKey('1/a')" } },
        }),
      ),
      `broader ${alice} ${publish}`,
    ],
    [
      'blocks of Terraform',
      {
        project: 'p',
        details: [
          {
            rules: [
              {
                effect: 'ALLOW',
                principals: [user],
                operation: [{ permissions: [publish] }],
                excluded_principals: null,
              },
            ],
          },
        ],
      },
      access(rule('ALLOW', [user], [publish])),
      'within',
    ],
    [
      'another effect',
      access(rule('allow', [user], [publish])),
      access(),
      'Document A: rules[0].effect must be ALLOW or DENY (got "allow").',
    ],
    [
      'conditions of two services',
      access(
        rule('ALLOW', [user], [publish], {
          conditions: { a: { expression: 'true' }, b: { expression: 'true' } },
        }),
      ),
      access(),
      'Document A: rules[0].conditions of more than one service are not understood.',
    ],
  ])('%s', (_, a, b, expected) => {
    expect(brief('gcp-access-policy', a, b)).toBe(expected);
  });
});
