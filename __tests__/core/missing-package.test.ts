import { withPackages } from '../../lib/core/missing-package';

const missing = (name: string) => () => {
  throw Object.assign(new Error(`Cannot find module '${name}'\nRequire stack:`), {
    code: 'MODULE_NOT_FOUND',
  });
};

test.each([
  ['cdktf', 'cdktf', 'In a project of cdktn, import from "cdktf-multicloud/cdktn".'],
  [
    '@cdktf/provider-aws/lib/iam-role',
    '@cdktf/provider-aws',
    'In a project of cdktn, import from "cdktf-multicloud/cdktn".',
  ],
  ['cdktn', 'cdktn', 'In a project of CDK for Terraform, import from "cdktf-multicloud".'],
  [
    '@cdktn/provider-google/lib/provider',
    '@cdktn/provider-google',
    'In a project of CDK for Terraform, import from "cdktf-multicloud".',
  ],
])('a missing "%s" is an error with the package to install and the other import', (module, name, hint) => {
  expect(() => withPackages(missing(module))).toThrow(
    `The package "${name}" is not installed. Run "npm install ${name}". ${hint}`,
  );
});

test.each(['./workload', 'cdktf-multicloud/runtime/jobs.zip', 'fflate'])(
  'a missing "%s" keeps its error',
  (module) => {
    expect(() => withPackages(missing(module))).toThrow(`Cannot find module '${module}'`);
  },
);

test('a loaded module is returned', () => {
  expect(withPackages(() => 'module')).toBe('module');
});
