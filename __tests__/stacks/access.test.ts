import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readManifest } from '../../lib/access';
import { readSynthesizedStack } from '../../lib/model';
import { writtenAccess } from '../../stacks/access';
import { environments } from '../../stacks/environments';
import { environmentReports } from '../../stacks/report';

test('each environment has a manifest and a page of its stacks', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'access-'));
  const stackOf = (name: string) =>
    readSynthesizedStack(
      {
        resource: {
          google_project_iam_member: { x: { project: name, role: 'roles/viewer', member: 'group:a@x.com' } },
        },
      },
      { name },
    );
  const reports = environmentReports(
    { stacks: [stackOf('dev-a'), stackOf('prod-a')] },
    environments.filter(({ name }) => name !== 'staging'),
  );
  const lines = writtenAccess(reports, outdir);
  expect(lines.split('\n')).toEqual([
    expect.stringMatching(/^ {2}dev {6}1 grants {2}.*access\/dev\.html$/),
    expect.stringMatching(/^ {2}prod {5}1 grants {2}.*access\/prod\.html$/),
  ]);
  const read = JSON.parse(readFileSync(join(outdir, 'access/prod.json'), 'utf8')) as unknown;
  expect(readManifest(read).stacks).toEqual(['prod-a']);
  const page = readFileSync(join(outdir, 'access/prod.html'), 'utf8');
  expect(page).toContain('<h2>Invariants and findings</h2>');
  expect(page).toMatch(/<li>error GCP002: prod-a: google_project_iam_member\.x: role must not be /);
  rmSync(outdir, { recursive: true });
});
