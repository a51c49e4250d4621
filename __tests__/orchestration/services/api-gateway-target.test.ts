import {
  ApiGatewayTarget,
  type ApiGatewayTargetProps,
} from '../../../lib/orchestration/services/api-gateway-target';
import { refusal } from '../../synth';
import { account } from '../fixtures';

describe('an API Gateway', () => {
  const gateway = (props: Partial<ApiGatewayTargetProps> = {}) =>
    new ApiGatewayTarget({ account, apiId: 'a1b2c3d4e5', stage: 'live', ...props });
  const api = 'arn:aws:execute-api:eu-west-1:210987654321:a1b2c3d4e5/live';

  test('is reached at its host, in the part of AWS that it is in', () => {
    expect(gateway()).toMatchObject({
      endpoint: 'a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com',
      stage: 'live',
      apiArn: api,
      methods: ['GET', 'POST'],
      paths: ['/'],
    });
    const china = gateway({ account: { ...account, region: 'cn-north-1', partition: 'aws-cn' } });
    expect(china.endpoint).toBe('a1b2c3d4e5.execute-api.cn-north-1.amazonaws.com.cn');
    expect(china.apiArn).toMatch(/^arn:aws-cn:execute-api:cn-north-1:/);
  });

  test('lets in one method, on its paths and what is below', () => {
    expect(gateway().arns('GET')).toEqual([`${api}/GET/*`]);
    expect(gateway({ paths: ['/v1', '/v2/books'] }).arns('POST')).toEqual([
      `${api}/POST/v1`,
      `${api}/POST/v1/*`,
      `${api}/POST/v2/books`,
      `${api}/POST/v2/books/*`,
    ]);
    expect(gateway({ stage: '$default' }).arns('GET')).toEqual([api.replace('live', '$default') + '/GET/*']);
  });

  test.each<[string, object, string]>([
    [
      'an id in capitals',
      { apiId: 'A1B2C3D4E5' },
      'ApiGatewayTarget: apiId must be the id of an API, with 6 to 20 lower-case letters and digits (got "A1B2C3D4E5").',
    ],
    [
      'a host in place of an id',
      { apiId: 'a1b2.execute-api.eu-west-1.amazonaws.com' },
      'ApiGatewayTarget: apiId must be the id of an API, with 6 to 20 lower-case letters and digits (got "a1b2.execute-api.eu-west-1.amazonaws.com").',
    ],
    [
      'a stage with a slash',
      { stage: 'live/v1' },
      'ApiGatewayTarget: stage must have 1 to 128 letters, digits, "-" and "_", or be "$default" (got "live/v1").',
    ],
    [
      'another method',
      { methods: ['OPTIONS'] },
      'ApiGatewayTarget: methods[0] must be one of "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE" (got "OPTIONS").',
    ],
    [
      'a path without a slash',
      { paths: ['v1'] },
      'ApiGatewayTarget: paths[0] must start with "/", not end with "/", and have no "//", "..", "?" and "%" (got "v1").',
    ],
    [
      'all paths by a star',
      { paths: ['/*'] },
      'ApiGatewayTarget: paths[0] must not contain "*", which matches any characters in the policy of the state machine (got "/*"). A path includes all paths below it.',
    ],
    [
      'an account that is none',
      { account: '210987654321' },
      'ApiGatewayTarget: account must be an object (got "210987654321").',
    ],
    [
      'a property that does not exist',
      { api: 'x' },
      'ApiGatewayTarget: api is not a property. The properties are: account, apiId, stage, methods, paths.',
    ],
  ])('%s is refused', (_, props, message) => {
    expect(refusal(() => gateway(props)).message).toBe(message);
  });
});
