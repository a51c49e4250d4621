import { problems, refusal, testStack } from '../../synth';
import { ISSUER, type Props, aws, endpointIn, external, google, plainHttp, workload } from './fixtures';

const refused = (props: Props) => problems(() => endpointIn(testStack(), props));

test.each<[string, Props, string | RegExp]>([
  ['the name in the certificate', external, 'https://books.example.com'],
  ['a port of its own', { ...external, port: 8443 }, 'https://books.example.com:8443'],
  [
    'a reserved address',
    { exposure: 'internal', allowedRanges: ['10.0.0.0/8'], loadBalancerIp: '10.0.0.7' },
    'http://10.0.0.7',
  ],
  [
    'the address that Google picks',
    { exposure: 'internal', allowedRanges: ['10.0.0.0/8'] },
    /^http:\/\/\$\{TfToken/,
  ],
  [
    'TLS in the cluster',
    { tlsSecretName: 'tls', acknowledge: undefined },
    /^https:\/\/books-verified\.books\.svc/,
  ],
])('the url has %s', (_, props, url) => {
  const made = endpointIn(testStack(), props).url;
  if (typeof url === 'string') expect(made).toBe(url);
  else expect(made).toMatch(url);
});

const withGoogle = (more: object) => ({ callers: [{ ...google, ...more }] });
const withAws = (more: object) => ({ callers: [{ ...aws, ...more }] });

test.each<[string, Props, string, RegExp]>([
  ['no callers', { callers: [] }, 'callers', /at least 1/],
  [
    'callers of no cloud',
    { callers: [{}] },
    'callers[0]',
    /^be EndpointCallers\.google\(…\), EndpointCallers\.aws\(…\) or the caller of a GkeServiceTarget\.$/,
  ],
  [
    'callers of both',
    { callers: [{ ...google, ...aws, kind: 'google' }] },
    'callers[0].issuer',
    /The properties are/,
  ],
  [
    'a misspelt cloud',
    { callers: [{ ...google, kind: 'gogle' }] },
    'callers[0]',
    /^be EndpointCallers\.google/,
  ],
  ['no e-mail', withGoogle({ serviceAccountEmails: [] }), 'callers[0].serviceAccountEmails', /at least 1/],
  [
    'an empty e-mail',
    withGoogle({ serviceAccountEmails: [''] }),
    'callers[0].serviceAccountEmails[0]',
    /NAME@PROJECT/,
  ],
  [
    'an e-mail of a person',
    withGoogle({ serviceAccountEmails: ['ann@example.com'] }),
    'callers[0].serviceAccountEmails[0]',
    /Google service account/,
  ],
  [
    'a plain audience',
    withGoogle({ audience: 'http://books.example.com' }),
    'callers[0].audience',
    /Use "https:\/\/books\.example\.com"/,
  ],
  ['an audience that is no URL', withAws({ audience: 'books' }), 'callers[0].audience', /https URL/],
  [
    'an issuer in plain HTTP',
    withAws({ issuer: 'http://x.tokens.sts.global.api.aws' }),
    'callers[0].issuer',
    /Use "https:\/\/x\.tokens/,
  ],
  [
    'an issuer with a slash at its end',
    withAws({ issuer: `${ISSUER}/` }),
    'callers[0].issuer',
    /Use "https:\/\/0f3c1b9a-[^/]*aws"/,
  ],
  ['no role', withAws({ roleArns: [] }), 'callers[0].roleArns', /at least 1/],
  [
    'any role',
    withAws({ roleArns: ['arn:aws:iam::123456789012:role/*'] }),
    'callers[0].roleArns[0]',
    /^not contain "\*", because the whole ARN of a role is compared/,
  ],
  [
    'a session of a role',
    withAws({ roleArns: ['arn:aws:sts::123456789012:assumed-role/etl-bridge/session'] }),
    'callers[0].roleArns[0]',
    /not of a session.*Use "arn:aws:iam::123456789012:role\/etl-bridge"/,
  ],
  [
    'a name of a role',
    withAws({ roleArns: ['etl-bridge'] }),
    'callers[0].roleArns[0]',
    /arn:aws:iam::ACCOUNT/,
  ],
  [
    'a request tag with a comma',
    withAws({ requestTags: { reason: 'books, films' } }),
    'callers[0].requestTags["reason"]',
    /^be "\*" or the value of a tag: 1 to 256 letters/,
  ],
  [
    'a request tag without a name',
    withAws({ requestTags: { '': '*' } }),
    'the name "" in callers[0].requestTags',
    /^be the key of a tag: 1 to 128 letters/,
  ],
  [
    'the same issuer and audience twice',
    { callers: [google, google] },
    'callers[1]',
    /^be unique by issuer and audience.*Merge the callers into one entry/,
  ],
  ['an image by tag', { image: 'envoyproxy/envoy:v1.40' }, 'image', /^be an image with a digest/],
  ['no image', { image: undefined }, 'image', /a string/],
  ['an unknown exposure', { exposure: 'public' }, 'exposure', /"cluster", "internal", "external"/],
  [
    'external without TLS',
    { ...external, tlsSecretName: undefined },
    'tlsSecretName',
    /can be read and used/,
  ],
  [
    'external without TLS, whatever is acknowledged',
    { ...external, tlsSecretName: undefined, acknowledge: { plainHttp } },
    'tlsSecretName',
    /can be read and used.*Set tlsSecretName to a Secret with a certificate\.$/,
  ],
  ['plain HTTP in silence', { acknowledge: undefined }, 'tlsSecretName', /acknowledge\.plainHttp/],
  [
    'plain HTTP that is none',
    { tlsSecretName: 'tls' },
    'acknowledge.plainHttp',
    /^be omitted when tlsSecretName is set/,
  ],
  ['TLS for an address', { ...external, hostName: undefined }, 'hostName', /name in the certificate/],
  ['a host name with a scheme', { hostName: 'https://a.example/x' }, 'hostName', /Use "a\.example"/],
  [
    'a load balancer for nobody',
    { ...external, allowedRanges: undefined },
    'allowedRanges',
    /^be set for a load balancer.*"0\.0\.0\.0\/0" means every address/,
  ],
  [
    'a range that starts in its middle',
    { allowedRanges: ['10.0.0.1/8'] },
    'allowedRanges[0]',
    /Use "10\.0\.0\.0\/8"/,
  ],
  ['an address of no load balancer', { loadBalancerIp: '10.0.0.7' }, 'loadBalancerIp', /Omit it/],
  [
    'global access of an external one',
    { ...external, globalAccess: true },
    'globalAccess',
    /^be omitted unless exposure is "internal"/,
  ],
  ['a port out of range', { port: 0 }, 'port', /1 to 65535/],
  [
    'a path with a query',
    { paths: ['/v1?x'] },
    'paths[0]',
    /^be a path that starts with "\/", without a pattern or a query/,
  ],
  [
    'a path with a pattern',
    { paths: ['/v1/*'] },
    'paths[0]',
    /^be a path that starts with "\/", without a pattern or a query/,
  ],
  [
    'the path of the health check',
    { paths: ['/healthz'] },
    'paths[0]',
    /^not be a path that the endpoint answers without a token/,
  ],
  ['no paths', { paths: [] }, 'paths', /at least 1/],
  ['a method in small letters', { methods: ['get'] }, 'methods[0]', /Use "GET"/],
  ['a body of no bytes', { limits: { requestBytes: 0 } }, 'limits.requestBytes', /1 to 33554432/],
  ['no time at all', { limits: { timeoutSeconds: 0 } }, 'limits.timeoutSeconds', /1 to 900/],
  ['no pods', { replicas: 0 }, 'replicas', /1 to 50/],
  ['no reason', { reason: undefined }, 'reason', /^be set\. Set it here or with Defaults\.of\(scope\)/],
  [
    'a service of another namespace',
    { service: { workload: { ...workload, namespace: 'shop' }, port: 8000 } },
    'service.workload.namespace',
    /namespace of the service/,
  ],
  ['a service without labels', { service: { workload: {}, port: 8000 } }, 'service.workload', /a Workload/],
])('%s is refused', (_, props, property, message) => {
  const found = refused(props);
  expect(Object.keys(found)).toContain(property);
  expect(`${found[property]!.rule}. ${found[property]!.fix ?? ''}`.trim()).toMatch(message);
});

test('everything that is wrong is told at once', () => {
  const { problems: found } = refusal(() =>
    endpointIn(testStack(), { name: 'Books', callers: [], image: 'envoy', exposure: 'external', port: 0 }),
  );
  expect(found.map(({ property }) => property).sort()).toEqual(
    ['allowedRanges', 'callers', 'image', 'name', 'port', 'tlsSecretName'].sort(),
  );
});
