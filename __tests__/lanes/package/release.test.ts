import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Consumer, repository } from './consumer';

interface Sbom {
  readonly bomFormat: string;
  readonly metadata: { readonly component: { readonly name: string } };
  readonly components: readonly {
    readonly name: string;
    readonly version: string;
    readonly licenses?: object[];
  }[];
}

const script = pathToFileURL(join(repository, 'scripts/release/sbom.mjs')).href;
const sbom = JSON.parse(
  execFileSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { sbom } from ${JSON.stringify(script)};
       process.stdout.write(JSON.stringify(sbom(${JSON.stringify(repository)})));`,
    ],
    { maxBuffer: 1 << 28 },
  ).toString(),
) as Sbom;

test('the SBOM has the packages that are in the tarball, and no tool', () => {
  const names = sbom.components.map(({ name }) => name);
  expect(sbom).toMatchObject({
    bomFormat: 'CycloneDX',
    metadata: { component: { name: 'cdktf-multicloud' } },
  });
  // The command, the validator of definitions and the functions have each a bundle.
  expect(names).toEqual(expect.arrayContaining(['commander', 'asl-validator', 'jose', 'aws4fetch']));
  expect(
    names.filter((name) => ['jest', 'eslint', 'typescript', 'esbuild', 'cdktf-cli'].includes(name)),
  ).toEqual([]);
});

test('the SBOM has the version that is bundled, and a licence for each package', () => {
  const { folder } = new Consumer([], {});
  const notices = readFileSync(join(folder, 'node_modules/cdktf-multicloud/dist/cli/LICENSES.txt'), 'utf8');
  const [, version] = /^commander (\S+) /m.exec(notices)!;
  expect(sbom.components.filter(({ name }) => name === 'commander').map((each) => each.version)).toEqual([
    version,
  ]);
  const without = sbom.components.filter(({ licenses = [] }) => licenses.length === 0);
  // The public domain has no SPDX name.
  expect(without.map(({ name }) => name)).toEqual(['jsonify']);
});

test('the tarball has the files of the package, and nothing of the repository', () => {
  const { folder } = new Consumer([], {});
  const library = join(folder, 'node_modules/cdktf-multicloud');
  expect(readdirSync(library).sort()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'dist',
    'package.json',
    'schemas',
    'scripts',
  ]);
  expect(readdirSync(join(library, 'dist')).sort()).toEqual(['cdktn', 'cli', 'lib', 'runtime']);
  expect(readdirSync(join(library, 'scripts'))).toEqual(['pipeline']);
});

test('a release needs the tag of the version', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(repository, 'scripts/release/assets.mjs'), 'absent'],
    { encoding: 'utf8', env: { ...process.env, GITHUB_REF_NAME: 'v0.0.0' } },
  );
  expect([status, stderr]).toEqual([
    1,
    expect.stringMatching(/^error: The tag must be "v.*\(got "v0\.0\.0"\)\.$/m),
  ]);
});
