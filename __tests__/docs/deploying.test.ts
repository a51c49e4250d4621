import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeployerAccess } from '../../lib/deploying';
import { addEnvironment } from '../../stacks/environment-stacks';
import { environments } from '../../stacks/environments';
import { synthesize } from '../../stacks/synthesize';
import { generatedParts, partsOf, withParts } from './deploying-page';
import { textOf } from './pages';

const outdir = mkdtempSync(join(tmpdir(), 'cdktf-multicloud-deploying-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

synthesize(outdir, (app) => {
  for (const environment of environments) addEnvironment(app, environment);
});

const all = DeployerAccess.fromOutput(outdir);
const of = (name: string) =>
  DeployerAccess.fromOutput(outdir, { stacks: all.stacks.filter((stack) => stack.startsWith(`${name}-`)) });

test('the permissions of each type of the sample stacks are known', () => {
  expect(all.unknownTypes).toEqual([]);
});

test('deploying.md has what the sample stacks need', () => {
  const page = textOf('deploying.md');
  const parts = generatedParts(outdir, 'prod');
  // npm run docs:deploying
  if (process.env.DRAW) writeFileSync(join(__dirname, '../../docs/deploying.md'), withParts(page, parts));
  else expect(partsOf(page)).toEqual(parts);
});

test.each(['dev', 'staging'])('%s needs nothing that prod does not need', (name) => {
  const [own, prod] = [of(name), of('prod')];
  const permissions = ({ google }: DeployerAccess) =>
    google.flatMap(({ customRole }) => customRole.includedPermissions);
  const apis = ({ google }: DeployerAccess) => google.flatMap((project) => project.apis);
  expect(permissions(prod)).toEqual(expect.arrayContaining(permissions(own)));
  expect(apis(prod)).toEqual(expect.arrayContaining(apis(own)));
  expect(own.clusterRole).toEqual(prod.clusterRole);
});
