import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';

/*
 * The package has no dependency that npm installs, but it contains others: esbuild bundles them into the command and
 * into the deployed functions. "npm sbom --omit dev" is therefore empty, and the whole one lists the tools too.
 */

/** Files of the build that name the bundled packages, as text. */
function noticesIn(dist) {
  const runtime = join(dist, 'runtime');
  const archives = readdirSync(runtime).filter((name) => name.endsWith('.zip'));
  return [
    readFileSync(join(dist, 'cli/LICENSES.txt'), 'utf8'),
    readFileSync(join(runtime, 'asl-validator/LICENSES.txt'), 'utf8'),
    ...archives.map((name) => {
      const { 'LICENSES.txt': notices } = unzipSync(readFileSync(join(runtime, name)));
      return notices === undefined ? '' : strFromU8(notices);
    }),
  ];
}

/** Names and versions of the bundled packages, for example `jose@6.2.17`. Each heads its licence in a line. */
export function bundledPackages(dist) {
  const headings = noticesIn(dist).flatMap((text) => [
    ...text.matchAll(/^(@?[\w./-]+) (\d[\w.+-]*) \(.+\)$/gm),
  ]);
  return [...new Set(headings.map(([, name, version]) => `${name}@${version}`))].sort();
}

/**
 * CycloneDX SBOM of the package: what npm knows of the bundled packages.
 *
 * @throws Error if npm does not know a bundled package, so that no SBOM is incomplete
 */
export function sbom(root) {
  const bundled = bundledPackages(join(root, 'dist'));
  const whole = JSON.parse(
    execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx'], { cwd: root, maxBuffer: 1 << 28 }),
  );
  const { name } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const purls = new Set(bundled.map((each) => `pkg:npm/${each.replace(/^@/, '%40')}`));
  // A package may be installed twice. The lock says nothing about use, so the mark of a tool is wrong for it.
  const components = new Map(
    whole.components
      .filter(({ purl }) => purls.has(purl))
      .map((each) => [each.purl, { ...each, scope: 'required', properties: [] }]),
  );
  const missing = [...purls].filter((purl) => !components.has(purl));
  if (missing.length > 0)
    throw new Error(`The SBOM of npm must have each bundled package (got no ${missing}).`);
  const { component } = whole.metadata;
  return {
    ...whole,
    // npm takes the name of the folder.
    metadata: { ...whole.metadata, component: { ...component, name } },
    components: [...components.values()],
    dependencies: [
      { ref: component['bom-ref'], dependsOn: [...components.values()].map((each) => each['bom-ref']) },
    ],
  };
}
