import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AWS_RESOURCES } from '../../lib/deploying/aws-table';
import { GOOGLE_DATA_SOURCES, GOOGLE_RESOURCES } from '../../lib/deploying/google-table';
import { KINDS, KUBERNETES_KINDS, KUBERNETES_PATCHES } from '../../lib/deploying/kubernetes-table';
import type { AwsTypePermissions, GoogleTypePermissions } from '../../lib/deploying/type-permissions';

const root = join(__dirname, '../..');

/** Bindings that sources import: `provider-aws/lib/sqs-queue`, also those that a template loads on use. */
function bindings(folder: string): string[] {
  const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  const sources = files.filter((file) => file.isFile() && file.name.endsWith('.ts'));
  return sources.flatMap(({ parentPath, name }) => {
    const text = readFileSync(join(parentPath, name), 'utf8');
    return [...text.matchAll(/@cdktf\/(provider-[a-z-]+)\/lib\/([a-z0-9-]+)/g)].map(
      ([, provider, module]) => `@cdktf/${provider}/lib/${module}`,
    );
  });
}

interface Binding {
  readonly tfResourceType?: string;
  readonly prototype?: object;
}

const made = [...new Set(['lib', 'stacks', 'examples'].flatMap(bindings))]
  .filter((module) => !module.endsWith('/provider'))
  .map((module) => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the sources decide which modules
    const exported = Object.values(require(module) as Record<string, Binding>);
    const type = exported.find(({ tfResourceType }) => tfResourceType !== undefined)?.tfResourceType;
    return { module, type: String(type), isData: module.includes('/lib/data-') };
  });

test('finds the resource types of the library', () => {
  expect(made.length).toBeGreaterThan(85);
  expect(made.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['google_vertex_ai_endpoint_iam_member', 'aws_sqs_queue', 'kubernetes_labels']),
  );
});

test.each(made)('$type has permissions', ({ type, isData }) => {
  if (isData) expect(GOOGLE_DATA_SOURCES).toHaveProperty(type);
  else if (type === 'kubernetes_manifest') expect(KINDS).toHaveProperty('ValidatingAdmissionPolicy');
  else if (KUBERNETES_PATCHES.includes(type)) expect(KINDS).toHaveProperty('Namespace');
  else if (type.startsWith('kubernetes_')) expect(KINDS).toHaveProperty(String(KUBERNETES_KINDS[type]));
  else expect({ ...AWS_RESOURCES, ...GOOGLE_RESOURCES }).toHaveProperty(type);
});

const OPERATIONS = ['create', 'read', 'update', 'delete'] as const;

test.each(Object.entries<AwsTypePermissions>(AWS_RESOURCES))('%s has actions and ARNs of AWS', (_, row) => {
  const actions = [...OPERATIONS.flatMap((operation) => row[operation]), ...(row.unrestricted ?? [])];
  for (const operation of OPERATIONS) expect(row[operation].length).toBeGreaterThan(0);
  for (const action of actions) expect(action).toMatch(/^[a-z0-9]+:[A-Z][A-Za-z0-9]+$/);
  for (const arn of row.arns)
    expect(arn).toMatch(/^arn:\{partition\}:[a-z0-9]+:(\{region\})?:(\{account\})?:./);
});

test.each(Object.entries<GoogleTypePermissions>(GOOGLE_RESOURCES))(
  '%s has permissions of Google',
  (_, row) => {
    for (const permission of OPERATIONS.flatMap((operation) => row[operation])) {
      expect(permission).toMatch(/^[a-z]+(\.googleapis\.com\/|\.)[a-zA-Z]+\.[a-zA-Z]+$/);
    }
    for (const api of row.apis) expect(api).toMatch(/^[a-z]+\.googleapis\.com$/);
    expect(row.create.length + row.read.length).toBeGreaterThan(1);
  },
);

test('no permission that only reads changes a resource', () => {
  const reads = [
    ...Object.values(GOOGLE_RESOURCES).flatMap(({ read }) => read),
    ...Object.values(AWS_RESOURCES).flatMap(({ read, unrestricted = [] }) => [...read, ...unrestricted]),
  ];
  const last = reads.map((permission) => permission.split(/[.:]/).at(-1) ?? '');
  expect(last.filter((verb) => !/^(get|list|GET|Get|List|Describe|Validate)/.test(verb))).toEqual([]);
});
