import { TerraformVariable } from 'cdktf';
import type { TerraformStack } from 'cdktf';
import * as fc from 'fast-check';
import { numericId } from '../../lib/vertex/names';
import { VertexEndpoint, type VertexEndpointProps } from '../../lib/vertex/vertex-endpoint';
import { anyText } from '../any-text';
import { byAddress, problems, refusal, resource, synthesized, testStack } from '../synth';
import { location, project } from './fixtures';

const TYPE = 'google_vertex_ai_endpoint';
type Props = Partial<Record<keyof VertexEndpointProps, unknown>>;

const endpoint = (props: Props = {}, stack: TerraformStack = testStack()) =>
  new VertexEndpoint(stack, 'endpoint', {
    project,
    location,
    displayName: 'shelf ranking',
    reason: 'serves the model',
    ...props,
  } as VertexEndpointProps);
const made = (props: Props = {}) => {
  const stack = testStack();
  endpoint(props, stack);
  return resource(stack, TYPE);
};

test('the smallest endpoint is public, and leaves the traffic to whoever deploys', () => {
  const stack = testStack();
  endpoint({}, stack);
  expect(byAddress(stack)).toMatchInlineSnapshot(`
   {
     "google_vertex_ai_endpoint.endpoint_F9556B44": {
       "//": {
         "reason": "serves the model",
       },
       "description": "serves the model",
       "display_name": "shelf ranking",
       "lifecycle": {
         "ignore_changes": [
           "traffic_split",
         ],
       },
       "location": "us-central1",
       "name": "6305783204",
       "project": "my-project",
       "region": "us-central1",
     },
   }
  `);
});

describe('the id', () => {
  test('is a number of ten digits, whatever the names', () => {
    const stack = testStack();
    fc.assert(
      fc.property(anyText(), (text) => {
        expect(numericId(stack, [text])).toMatch(/^[1-9]\d{9}$/);
        expect(numericId(stack, [text])).toBe(numericId(stack, [text]));
      }),
    );
  });

  test('is another for another project or region', () => {
    const ids = [
      endpoint(),
      endpoint({ project: { id: 'other-project' } }),
      endpoint({ location: 'europe-west4' }),
    ].map(({ endpointId }) => endpointId);
    expect(new Set(ids).size).toBe(3);
  });

  test('does not change with the display name, which is a text for people', () => {
    expect(endpoint({ displayName: 'ranking of the shop' }).endpointId).toBe(endpoint().endpointId);
  });

  test('of a second endpoint in the project and region is required, and the message has a free one', () => {
    const stack = testStack();
    const first = endpoint({}, stack);
    const second = (endpointId?: string) =>
      new VertexEndpoint(stack, 'second', {
        project,
        location,
        displayName: 'search ranking',
        endpointId,
        reason: 'serves the model',
      });
    const { message } = refusal(() => second());
    const free = /set endpointId to "(\d+)"\.$/.exec(message)?.[1];
    expect(message).toBe(
      `prod/second: endpointId must be unique among the endpoints of the project my-project in us-central1, in all stacks of the app (got "${first.endpointId}"). The construct prod/endpoint has this name. Choose another name. For example, set endpointId to "${free}".`,
    );
    expect(second(free).endpointId).toBe(free);
  });

  test('does not change with the construct, so that an endpoint can be moved in the code', () => {
    const props = { project, location, displayName: 'shelf ranking', reason: 'serves the model' };
    const moved = new VertexEndpoint(testStack('other'), 'somewhere-else', props);
    expect(moved.endpointId).toBe(endpoint().endpointId);
  });

  test('stands in the full name, which is known at synth', () => {
    expect(endpoint({ endpointId: '42' }).resourceName).toBe(
      'projects/my-project/locations/us-central1/endpoints/42',
    );
  });

  test.each([
    ['1', true],
    ['9999999999', true],
    ['12345678901', false],
    ['0123', false],
    ['', false],
    ['shelf', false],
  ])('%j given: %p', (endpointId, good) => {
    if (good) expect(made({ endpointId }).name).toBe(endpointId);
    else {
      expect(refusal(() => endpoint({ endpointId })).message).toBe(
        `prod/endpoint: endpointId must be a number of at most 10 digits that does not start with 0 (got "${endpointId}").`,
      );
    }
  });

  test('of a project that Terraform will know is the same, whatever was made before', () => {
    const id = (variables: readonly string[]) => {
      const stack = testStack();
      const values = variables.map((name) => new TerraformVariable(stack, name, {}).stringValue);
      return endpoint({ project: { id: values.at(-1) } }, stack).endpointId;
    };
    expect(id(['name'])).toBe(id(['other', 'name']));
  });
});

describe('the way in', () => {
  test('is Private Service Connect for the projects that are named', () => {
    expect(made({ privateServiceConnectProjects: ['books-prod'] }).private_service_connect_config).toEqual({
      enable_private_service_connect: true,
      project_allowlist: ['books-prod'],
    });
  });

  test('is a VPC that is peered', () => {
    const network = 'projects/123456789012/global/networks/books';
    expect(made({ network }).network).toBe(network);
  });

  test('may be a DNS name of its own', () => {
    expect(made({ dedicatedEndpoint: true }).dedicated_endpoint_enabled).toBe(true);
  });

  test('is not a VPC and Private Service Connect at once', () => {
    const network = 'projects/123456789012/global/networks/books';
    expect(refusal(() => endpoint({ network, privateServiceConnectProjects: ['books-prod'] })).message).toBe(
      'prod/endpoint: network must be omitted when privateServiceConnectProjects is set (got "projects/123456789012/global/networks/books"). Omit network or privateServiceConnectProjects.',
    );
  });

  test('is not Private Service Connect and a public DNS name at once, which the provider rejects', () => {
    const given = { dedicatedEndpoint: true, privateServiceConnectProjects: ['books-prod'] };
    expect(problems(() => endpoint(given))).toEqual({
      dedicatedEndpoint: {
        property: 'dedicatedEndpoint',
        value: true,
        rule: 'be omitted when privateServiceConnectProjects is set',
        fix: 'Remove dedicatedEndpoint or privateServiceConnectProjects.',
      },
    });
  });

  test('is not a VPC and a public DNS name at once', () => {
    const network = 'projects/123456789012/global/networks/books';
    expect(refusal(() => endpoint({ network, dedicatedEndpoint: true })).message).toBe(
      'prod/endpoint: dedicatedEndpoint must be false when network is set, because a peered endpoint has no public DNS name (got true). Omit network or dedicatedEndpoint.',
    );
  });
});

describe('requests and responses', () => {
  const bigQueryTable = 'bq://my-project.audit.requests';

  test('are all kept, where a table is named', () => {
    expect(made({ requestLogging: { bigQueryTable } }).predict_request_response_logging_config).toEqual({
      bigquery_destination: { output_uri: 'bq://my-project.audit.requests' },
      enabled: true,
      sampling_rate: 1,
    });
  });

  test.each([
    [0, false],
    [0.01, true],
    [1, true],
    [1.01, false],
  ])('at a rate of %d: %p', (samplingRate, good) => {
    const requestLogging = { bigQueryTable, samplingRate };
    if (good) {
      expect(made({ requestLogging }).predict_request_response_logging_config).toMatchObject({
        sampling_rate: samplingRate,
      });
    } else {
      expect(refusal(() => endpoint({ requestLogging })).message).toBe(
        `prod/endpoint: requestLogging.samplingRate must be above 0 and at most 1 (got ${samplingRate}).`,
      );
    }
  });
});

describe('the key', () => {
  const keyIn = (region: string) => `projects/p/locations/${region}/keyRings/r/cryptoKeys/k`;

  test('of the region encrypts', () => {
    expect(made({ kmsKeyName: keyIn('us-central1') }).encryption_spec).toEqual({
      kms_key_name: 'projects/p/locations/us-central1/keyRings/r/cryptoKeys/k',
    });
  });

  test('of another region is refused, since Vertex AI would', () => {
    expect(refusal(() => endpoint({ kmsKeyName: keyIn('europe-west4') })).message).toBe(
      'prod/endpoint: kmsKeyName must be a key in the location of what it encrypts (us-central1) (got "projects/p/locations/europe-west4/keyRings/r/cryptoKeys/k"). Use a key of a key ring in us-central1.',
    );
  });

  test('that Terraform will know is left to it', () => {
    const stack = testStack();
    const kmsKeyName = new TerraformVariable(stack, 'key', { type: 'string' }).stringValue;
    endpoint({ kmsKeyName }, stack);
    expect(resource(stack, TYPE).encryption_spec).toEqual({ kms_key_name: '${var.key}' });
  });
});

describe('an endpoint that exists', () => {
  const attributes = { project, location, endpointId: '1234567890123456789' };

  test('may have an id of nineteen digits, as those made elsewhere do', () => {
    expect(VertexEndpoint.fromAttributes(testStack(), 'existing', attributes).resourceName).toBe(
      'projects/my-project/locations/us-central1/endpoints/1234567890123456789',
    );
  });

  test('is not made again', () => {
    const stack = testStack();
    const existing = VertexEndpoint.fromAttributes(stack, 'existing', attributes);
    expect(existing.dependenciesIn(stack)).toEqual([]);
    expect(synthesized(stack).resource).toBeUndefined();
  });

  test('is not known by its full name', () => {
    const endpointId = 'projects/my-project/locations/us-central1/endpoints/42';
    expect(
      refusal(() => VertexEndpoint.fromAttributes(testStack(), 'existing', { ...attributes, endpointId }))
        .message,
    ).toBe(`prod/existing: endpointId must be a number (got "${endpointId}").`);
  });
});

describe('bad input', () => {
  test.each<[string, Props, string]>([
    [
      'a zone',
      { location: 'us-central1-a' },
      'location must be a region, for example "us-central1" (got "us-central1-a"). Use "us-central1".',
    ],
    [
      'the place of Gemini models',
      { location: 'global' },
      'location must be a region, for example "us-central1" (got "global").',
    ],
    [
      'a VPC by the id of its project',
      { network: 'projects/my-project/global/networks/books' },
      'network must be a VPC of the form projects/PROJECT_NUMBER/global/networks/NAME (got "projects/my-project/global/networks/books").',
    ],
    [
      'a table without its scheme',
      { requestLogging: { bigQueryTable: 'my-project.audit.requests' } },
      'requestLogging.bigQueryTable must be a table of the form bq://PROJECT.DATASET.TABLE (got "my-project.audit.requests").',
    ],
    [
      'a label in capitals',
      { labels: { Team: 'books' } },
      'the name "Team" in labels must be a label key: 1 to 63 lower-case letters, digits, "-" and "_", starting with a letter (got "Team").',
    ],
    [
      'Private Service Connect for nobody',
      { privateServiceConnectProjects: [] },
      'privateServiceConnectProjects must be a list of at least 1 item (got []). Add an item.',
    ],
  ])('%s is refused', (_, props, message) => {
    const stack = testStack();
    expect(refusal(() => endpoint(props, stack)).message).toBe(`prod/endpoint: ${message}`);
    expect(stack.node.tryFindChild('endpoint')).toBeUndefined();
  });

  test('all of it comes in one error', () => {
    expect(
      Object.keys(
        problems(() => endpoint({ location: 'US', displayName: '', endpointId: '0', reason: undefined })),
      ),
    ).toEqual(['reason', 'location', 'displayName', 'endpointId']);
  });
});
