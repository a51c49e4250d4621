import { aws, EMAIL, ROLE, type Props } from '../fixtures';
import { filter } from './configuration';

const rules = (props: Props = {}) => filter('envoy.filters.http.rbac', props).rules as Rules;

const claim = (provider: string, name: string, value: object) => nestedClaim(provider, [name], value);

const nestedClaim = (provider: string, names: readonly string[], value: object) => ({
  sourced_metadata: {
    metadata_source: 'DYNAMIC',
    metadata_matcher: {
      filter: 'envoy.filters.http.jwt_authn',
      path: [{ key: provider }, ...names.map((key) => ({ key }))],
      value,
    },
  },
});

test('the callers of each issuer are matched by a claim of its own tokens', () => {
  const { action, policies } = rules();
  expect(action).toBe('ALLOW');
  expect(Object.keys(policies).sort()).toEqual(['aws-1', 'google-0']);
  expect(policies['google-0']!.principals).toEqual([
    {
      and_ids: {
        ids: [
          claim('google-0', 'email_verified', { bool_match: true }),
          { or_ids: { ids: [claim('google-0', 'email', { string_match: { exact: EMAIL } })] } },
        ],
      },
    },
  ]);
  expect(policies['aws-1']!.principals).toEqual([
    {
      and_ids: { ids: [{ or_ids: { ids: [claim('aws-1', 'sub', { string_match: { exact: ROLE } })] } }] },
    },
  ]);
});

test('the request tags of AWS are compared as claims that STS signs', () => {
  const requestTags = { 'run-id': '*', target: 'books' };
  const { principals } = rules({ callers: [{ ...aws, requestTags }] }).policies['aws-0']!;
  const tag = (name: string, value: object) =>
    nestedClaim('aws-0', ['https://sts.amazonaws.com/', 'request_tags', name], value);
  expect(principals).toEqual([
    {
      and_ids: {
        ids: [
          tag('run-id', { string_match: { safe_regex: { regex: '.+' } } }),
          tag('target', { string_match: { exact: 'books' } }),
          { or_ids: { ids: [claim('aws-0', 'sub', { string_match: { exact: ROLE } })] } },
        ],
      },
    },
  ]);
});

test('callers of every issuer have the same paths and methods', () => {
  const { policies } = rules({ paths: ['/v1'], methods: ['POST'] });
  const path = [{ url_path: { path: { exact: '/v1' } } }, { url_path: { path: { prefix: '/v1/' } } }];
  const method = [{ header: { name: ':method', string_match: { exact: 'POST' } } }];
  const permissions = [
    { and_rules: { rules: [{ or_rules: { rules: path } }, { or_rules: { rules: method } }] } },
  ];
  expect(Object.values(policies).map((policy) => policy.permissions)).toEqual([permissions, permissions]);
});

test('without paths and methods a caller has all of them', () => {
  expect(Object.values(rules().policies).map(({ permissions }) => permissions)).toEqual([
    [{ any: true }],
    [{ any: true }],
  ]);
});

interface Rules {
  readonly action: string;
  readonly policies: Readonly<
    Record<string, { readonly permissions: unknown; readonly principals: unknown }>
  >;
}
