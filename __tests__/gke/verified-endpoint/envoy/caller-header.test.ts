import { filter } from './configuration';

test('the header of the client is removed, and the verified claim of one issuer replaces it', () => {
  expect(filter('remove-caller-header').mutations).toEqual({
    request_mutations: [{ remove: 'x-verified-caller' }],
  });
  const append = (value: string) => ({
    append: {
      append_action: 'OVERWRITE_IF_EXISTS_OR_ADD',
      header: { key: 'x-verified-caller', value },
      keep_empty_value: false,
    },
  });
  expect(filter('add-caller-header').mutations).toEqual({
    request_mutations: [
      append('%DYNAMIC_METADATA(envoy.filters.http.jwt_authn:google-0:email)%'),
      append('%DYNAMIC_METADATA(envoy.filters.http.jwt_authn:aws-1:sub)%'),
    ],
  });
});
