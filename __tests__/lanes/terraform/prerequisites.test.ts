import { join } from 'node:path';
import { lab, labProviders, noLab, noTerraform, repository, run, temporaryFolder, testUnless } from './lab';
import { synthesize } from './synthesized';

const scratch = temporaryFolder();
const judged = testUnless(noLab);
const stacks =
  noTerraform === undefined
    ? synthesize(join(repository, 'dist/examples/google-project/main.js'), join(scratch, 'out'), 'example')
    : [];
const folderOf = (stack: string) => stacks.find(({ name }) => name === `example/${stack}`)?.folder ?? '';

judged('an agent exists after its API and before its roles', () => {
  const env = labProviders();
  const terraform = (...args: string[]) => run('terraform', args, { cwd: folderOf('foundation'), env });
  terraform('init', '-no-color');
  const output = terraform('apply', '-auto-approve', '-no-color', '-parallelism=1');
  const started = [...output.matchAll(/^(\w+\.\S+): Creating\.\.\./gm)].map(([, address = '']) =>
    address.replace(/_[0-9A-F]{8}$/, ''),
  );
  const at = (address: string) => {
    const index = started.findIndex((each) => each.startsWith(address));
    expect(`${address} ${index >= 0}`).toBe(`${address} true`);
    return index;
  };
  for (const service of ['container', 'aiplatform']) {
    const api = at(`google_project_service.project_${service}`);
    const agent = at(`google_project_service_identity.project_agent-of-${service}`);
    expect(api).toBeLessThan(agent);
    expect(agent).toBeLessThan(at(`google_project_iam_member.project_role-of-${service}`));
    expect(agent).toBeLessThan(at(`google_kms_crypto_key_iam_member.project_key-${service}`));
  }
  const gke = at('google_project_service_identity.project_agent-of-container');
  expect(gke).toBeLessThan(at('google_compute_subnetwork_iam_member.project_subnetwork'));
  expect(gke).toBeLessThan(at('google_project_iam_member.project_host'));
  expect(terraform('plan', '-no-color')).toContain('No changes.');
});

judged('the stacks of the example are applied in order, planned to nothing and destroyed', () => {
  const order = ['foundation', 'models'].map(folderOf);
  expect(lab(['cycle', ...order]).match(/ ok$/gm)).toHaveLength(2);
});
