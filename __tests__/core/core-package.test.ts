import { App, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { mixedCores } from '../../lib/core/core-package';

const RTTI = Symbol.for('jsii.rtti');

/** Class of a scope as jsii marks it. */
const marked = (fqn: string, version: string) =>
  class extends Construct {
    public static readonly [RTTI] = { fqn, version };
  };

const { version } = (TerraformStack as unknown as { [RTTI]: { version: string } })[RTTI];
const other = 'cdktn.TerraformStack'.startsWith(ownCore()) ? 'cdktf' : 'cdktn';

function ownCore(): string {
  const { fqn } = (TerraformStack as unknown as { [RTTI]: { fqn: string } })[RTTI];
  return fqn.split('.')[0]!;
}

test('finds nothing in an app of the core of the library', () => {
  class Books extends TerraformStack {}
  expect(mixedCores(new Construct(new Books(new App(), 'books'), 'reader'))).toBeUndefined();
});

test('finds nothing outside of a stack, and in another version of the core', () => {
  const Root = marked(`${ownCore()}.App`, '0.0.1');
  expect(mixedCores(new Construct(new Root(undefined as never, ''), 'reader'))).toBeUndefined();
});

test.each(['App', 'TerraformStack'])('names the other core of the %s, and the import for it', (name) => {
  const Scope = marked(`${other}.${name}`, '9.9.9');
  const subpath = other === 'cdktn' ? 'cdktf-multicloud/cdktn' : 'cdktf-multicloud';
  expect(mixedCores(new Construct(new Scope(undefined as never, ''), 'reader'))).toEqual({
    property: 'scope',
    value: `${other} 9.9.9`,
    rule: `come from ${ownCore()} ${version}, the core of this import of the library`,
    fix: `Import this class from "${subpath}" or a subpath of it, for example "${subpath}/gke".`,
  });
});

test('finds the other core below a stack class of another jsii library', () => {
  const Stack = marked(`${other}.TerraformStack`, '9.9.9');
  class AwsStack extends Stack {
    public static override readonly [RTTI] = { fqn: 'terraconstructs.AwsStack', version: '1.0.0' };
  }
  expect(mixedCores(new AwsStack(undefined as never, ''))?.value).toBe(`${other} 9.9.9`);
});
