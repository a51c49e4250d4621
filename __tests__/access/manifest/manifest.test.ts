import { compareAccess } from '../../../lib/access/manifest/compare';
import { manifestOf, type AccessManifest } from '../../../lib/access/manifest/manifest';
import { ManifestError, readManifest } from '../../../lib/access/manifest/read-manifest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { graphOf, policy } from '../graph/graph-of';

const member = (role: string, comment: object = {}) => ({
  google_project_iam_member: { x: { project: 'p', role, member: 'group:a@example.com', '//': comment } },
});
const graph = graphOf(member('roles/viewer', { reason: 'reads the project' }));
const manifest = manifestOf(graph, ['prod', 'dev']);
const copy = (changes: object): unknown => ({
  ...(JSON.parse(JSON.stringify(manifest)) as AccessManifest),
  ...changes,
});

test('a manifest is read as it was written, and satisfies the schema', () => {
  expect(readManifest(copy({}))).toEqual(manifest);
  expect(manifest.stacks).toEqual(['dev', 'prod']);
  const schema = JSON.parse(
    readFileSync(join(__dirname, '../../../schemas/access-manifest.schema.json'), 'utf8'),
  ) as object;
  const validate = new Ajv2020({ allErrors: true }).compile(schema);
  const everything = manifestOf(
    graphOf({
      ...member('${var.role}', { reason: 'r', owner: 'o', ticket: 't', reviewBy: '2030-01-01' }),
      aws_iam_role: { r: { name: '${var.name}', assume_role_policy: '${var.trust}' } },
      aws_iam_role_policy: {
        p: {
          role: 'x',
          policy: policy({
            Effect: 'Deny',
            NotAction: 'a:*',
            Resource: '*',
            Condition: { Bool: { a: 'true' } },
          }),
        },
      },
    }),
    ['prod'],
  );
  for (const each of [manifest, everything]) {
    validate(JSON.parse(JSON.stringify(each)));
    expect(validate.errors).toBeNull();
  }
});

test('the digest depends on access and reasons, and not on the order of names', () => {
  const turned = Object.fromEntries(Object.entries(copy({}) as object).reverse());
  expect(readManifest(turned).digest).toBe(manifest.digest);
  expect(manifestOf(graphOf(member('roles/editor')), ['prod', 'dev']).digest).not.toBe(manifest.digest);
});

test.each<[string, unknown, string]>([
  ['a list', [], 'The document must be an access manifest. "cdktf-multicloud access manifest" writes one.'],
  [
    'another version',
    copy({ version: 2 }),
    'version must be 1 (got 2). Use the release that wrote the manifest.',
  ],
  ['nodes that are no list', copy({ nodes: {} }), 'nodes must be a list. Write the manifest again.'],
  [
    'a change by hand',
    copy({ edges: [] }),
    'digest must be the SHA-256 of the manifest: the file was changed. Write the manifest again.',
  ],
  [
    'an edge without its node',
    manifestOf({ ...graph, nodes: graph.nodes.slice(1) }, ['prod']),
    'nodes must have each end of an edge (got none with the id "google.member/group:a@example.com").',
  ],
])('%s is refused', (_, document, message) => {
  expect(() => readManifest(document)).toThrow(new ManifestError(message));
});

describe('compareAccess', () => {
  const edgesOf = (edges: readonly { readonly role?: string }[]) => edges.map(({ role }) => role);

  test('finds what was gained and lost, whatever the addresses are', () => {
    const after = graphOf({
      google_project_iam_member: {
        other: {
          project: 'p',
          role: 'roles/viewer',
          member: 'group:a@example.com',
          '//': { reason: 'reads the project' },
        },
        more: { project: 'p', role: 'roles/editor', member: 'group:a@example.com' },
      },
    });
    const { gained, lost, explained } = compareAccess(graph, after);
    expect([edgesOf(gained), lost, explained]).toEqual([['roles/editor'], [], []]);
    expect(edgesOf(compareAccess(after, graph).lost)).toEqual(['roles/editor']);
  });

  test('another part of a resource is other access', () => {
    const invokes = (arn: string) =>
      graphOf({
        aws_iam_role_policy: {
          app: {
            role: 'app',
            policy: policy({ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: arn }),
          },
        },
      });
    const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:load';
    const difference = compareAccess(invokes(`${arn}:live`), invokes(`${arn}:*`));
    expect(difference.gained.flatMap(({ resources }) => resources ?? [])).toEqual([`${arn}:*`]);
    expect(difference.lost.flatMap(({ resources }) => resources ?? [])).toEqual([`${arn}:live`]);
  });

  test('another reason is no access', () => {
    const { gained, lost, explained } = compareAccess(
      graph,
      graphOf(member('roles/viewer', { reason: 'other' })),
    );
    expect([gained, lost, edgesOf(explained)]).toEqual([[], [], ['roles/viewer']]);
  });

  test('a denial that is removed is gained access', () => {
    const statement = (effect: string) => ({
      aws_iam_role_policy: {
        x: { role: 'a', policy: policy({ Effect: effect, Action: 'sqs:*', Resource: '*' }) },
      },
    });
    const { gained, lost } = compareAccess(graphOf(statement('Deny')), graphOf({ aws_sqs_queue: {} }));
    expect([gained.map(({ effect }) => effect), lost]).toEqual([['deny'], []]);
  });
});
