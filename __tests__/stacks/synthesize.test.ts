import type { App } from 'cdktf';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
  type Dirent,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addEnvironment } from '../../stacks/environment-stacks';
import { environments } from '../../stacks/environments';
import { synthesize } from '../../stacks/synthesize';

const root = mkdtempSync(join(tmpdir(), 'cdktf-multicloud-stacks-'));

afterAll(() => rmSync(root, { recursive: true, force: true }));

const folder = () => mkdtempSync(join(root, 'out-'));
const all = (app: App) => environments.forEach((environment) => addEnvironment(app, environment));
const outdir = folder();
synthesize(outdir, all);

const text = (stack: string, from = outdir) =>
  readFileSync(join(from, 'stacks', stack, 'cdk.tf.json'), 'utf8');

describe('synthesize', () => {
  function good(): string {
    const out = folder();
    cpSync(outdir, out, { recursive: true });
    return out;
  }
  const files = (out: string) =>
    Object.fromEntries(
      (readdirSync(out, { recursive: true, withFileTypes: true }) as Dirent[])
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .map((path) => [path.slice(out.length), readFileSync(path, 'utf8')]),
    );

  test('writes the same twice', () => {
    const out = good();
    synthesize(out, all);
    expect(files(out)).toEqual(files(outdir));
  });

  test('leaves the last good output when the build throws', () => {
    const out = good();
    expect(() =>
      synthesize(out, (app) => {
        addEnvironment(app, environments[0]!);
        addEnvironment(app, { ...environments[2]!, region: 'US' });
      }),
    ).toThrow(/^prod-platform\/network: region must be a region, for example "us-central1" \(got "US"\)\.$/);
    expect(files(out)).toEqual(files(outdir));
  });

  test('leaves the last good output when a later stack is refused while it is written', () => {
    const out = good();
    expect(() =>
      synthesize(out, (app) => {
        all(app);
        app.node
          .findChild('prod-workloads')
          .node.addValidation({ validate: () => ['nobody carries these labels'] });
      }),
    ).toThrow(/nobody carries these labels/);
    expect(files(out)).toEqual(files(outdir));
    expect(readdirSync(out).sort()).toEqual(['manifest.json', 'stacks']);
  });

  test('keeps what Terraform put into the folder of a stack', () => {
    const out = good();
    const plugins = join(out, 'stacks', 'dev-platform', '.terraform', 'providers');
    mkdirSync(plugins, { recursive: true });
    writeFileSync(join(plugins, 'google'), 'binary');
    writeFileSync(join(out, 'stacks', 'dev-platform', 'cdk.tf.json'), 'old');
    synthesize(out, all);
    expect(readFileSync(join(plugins, 'google'), 'utf8')).toBe('binary');
    expect(text('dev-platform', out)).toBe(text('dev-platform'));
  });

  test('takes away the configuration of a stack that is no longer in the app', () => {
    const out = good();
    synthesize(out, (app) => addEnvironment(app, environments[0]!));
    expect(existsSync(join(out, 'stacks', 'prod-platform', 'cdk.tf.json'))).toBe(false);
  });

  test('makes the folder where there is none', () => {
    const out = join(folder(), 'not', 'yet');
    synthesize(out, (app) => addEnvironment(app, environments[0]!));
    expect(readdirSync(join(out, 'stacks')).sort()).toEqual([
      'dev-orchestration',
      'dev-platform',
      'dev-vertex',
      'dev-workloads',
    ]);
  });
});
