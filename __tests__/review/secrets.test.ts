import fc from 'fast-check';
import { plainReview, reviewMarkdown, reviewPlans } from '../../lib/review';
import { modelOf, planOf, type Change } from './plans';

/** Places of a plan in which a secret can be, each with a plan that has it there. */
const places: Readonly<Record<string, (secret: string) => object>> = {
  'a sensitive value': (secret) =>
    plan({ after: { name: secret, token: secret }, sensitive: { name: true, token: true } }),
  'a value that is not marked': (secret) =>
    plan({ after: { password: secret, custom: [secret], nested: [{ deep: { er: secret } }] } }),
  'the value before': (secret) => plan({ before: { password: secret }, after: { password: 'x' } }),
  'a whole sensitive object': (secret) =>
    planOf([
      {
        type: 'a_b',
        before: { name: 'a' },
        after: { name: secret },
        sensitive: {},
        change: { before_sensitive: true, after_sensitive: true },
      },
    ]),
  'the environment of a function': (secret) =>
    plan({
      before: { environment: [{ variables: {} }] },
      after: { environment: [{ variables: { NAME: secret, [secret]: 'x' } }] },
    }),
  'the environment of a container': (secret) =>
    plan({
      before: { spec: [{ container: [{ env: [{ name: 'A', value: 'x' }] }] }] },
      after: { spec: [{ container: [{ env: [{ name: 'A', value: secret }] }] }] },
    }),
  'a heredoc': (secret) =>
    plan({ before: { user_data: 'a' }, after: { user_data: `#!/bin/sh\nexport A=${secret}\n` } }),
  'a label': (secret) => plan({ before: { labels: {} }, after: { labels: { name: secret } } }),
  'a variable': (secret) =>
    planOf([{ type: 'a_b', after: { name: 'x' } }], { variables: { v: { value: secret } } }),
  'an output': (secret) =>
    planOf([], {
      output_changes: {
        o: {
          actions: ['update'],
          before: secret,
          after: `${secret}2`,
          before_sensitive: false,
          after_sensitive: false,
        },
      },
    }),
  'the prior state': (secret) =>
    planOf([{ type: 'a_b', after: { name: 'x' } }], {
      prior_state: {
        format_version: '1.0',
        values: {
          root_module: {
            resources: [
              { address: 'a_b.y', mode: 'managed', type: 'a_b', name: 'y', values: { password: secret } },
            ],
          },
        },
      },
    }),
  'the text of a failed check': (secret) =>
    planOf([], {
      checks: [
        {
          address: { to_display: 'check.c' },
          status: 'fail',
          instances: [{ problems: [{ message: `got ${secret}` }] }],
        },
      ],
    }),
  drift: (secret) =>
    planOf([], {
      resource_drift: [
        {
          address: 'a_b.c',
          mode: 'managed',
          type: 'a_b',
          name: 'c',
          change: { actions: ['update'], before: { password: 'a' }, after: { password: secret } },
        },
      ],
    }),
  'a deleted resource': (secret) => plan({ before: { password: secret, name: 'x' }, after: null }),
  'a Kubernetes secret': (secret) =>
    planOf([{ type: 'kubernetes_secret_v1', before: { data: { a: 'x' } }, after: { data: { a: secret } } }]),
  'a state machine': (secret) =>
    planOf([
      {
        type: 'aws_sfn_state_machine',
        before: { definition: '{}' },
        after: { definition: JSON.stringify({ Comment: secret }) },
      },
    ]),
};

function plan(change: Omit<Change, 'type'>): object {
  return planOf([{ type: 'a_b', ...change }]);
}

test('no output shows a secret, wherever the plan has it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(places)),
      fc.stringMatching(/^[a-zA-Z0-9]{12,40}$/),
      (place, secret) => {
        const review = reviewPlans(modelOf(places[place]!(secret)));
        for (const output of [JSON.stringify(review), reviewMarkdown(review), plainReview(review)]) {
          expect(output).not.toContain(secret);
        }
      },
    ),
    { numRuns: 200 },
  );
});

test.each([
  ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIEabc\n-----END RSA PRIVATE KEY-----', 'MIIEabc'],
  ['a key of AWS', 'AKIAIOSFODNN7EXAMPLE', 'AKIAIOSFODNN7EXAMPLE'],
  ['a token of Google', 'ya29.a0AfH6SMBx-abc', 'a0AfH6SMBx'],
  ['a token of GitHub', 'ghp_abcdefghijklmnopqrstuvwxyz0123456789', 'ghp_abcdefghij'],
  ['a JWT', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', 'eyJzdWIi'],
  ['a password in a URL', 'postgres://admin:hunter2hunter@db/books', 'hunter2hunter'],
  ['a password in a text', 'password=hunter2hunter', 'hunter2hunter'],
])('%s is masked in an attribute whose values are shown', (_, value, secret) => {
  const review = reviewPlans(modelOf(plan({ before: { image: 'a' }, after: { image: value } })));
  const output = JSON.stringify(review) + reviewMarkdown(review) + plainReview(review);
  expect(output).not.toContain(secret);
  expect(output).toContain('(sensitive value)');
});
