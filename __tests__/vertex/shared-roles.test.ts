import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { TerraformVariable } from 'cdktf';
import { addresses, resource, resources, sibling, synthesized, testStack } from '../synth';
import { existingEndpoint, reader } from './fixtures';
import { MEMBER, ROLE, access, acknowledge, made } from './access-fixtures';

describe('roles are shared by what they hold', () => {
  test('a hundred workloads that do the same three things share three roles', () => {
    const stack = testStack();
    for (let index = 0; index < 100; index += 1) {
      access(stack, { identity: reader(stack, {}, `reader-${index}`) }, `access-${index}`)
        .generate()
        .readModels()
        .vectorSearch();
    }
    expect(made(stack)).toEqual({ [ROLE]: 3, [MEMBER]: 300 });
  });

  test('predict and generate share one', () => {
    const stack = testStack();
    access(stack).generate().predict(existingEndpoint(stack), { acknowledge });
    expect(resources(stack, ROLE)).toHaveLength(1);
  });

  test('another project has roles of its own', () => {
    const stack = testStack();
    const identity = reader(stack);
    access(stack, { identity }).generate();
    access(stack, { identity, project: { id: 'other-project' } }, 'other').generate();
    expect(resources(stack, ROLE).map((role) => role.project)).toEqual(['my-project', 'other-project']);
  });

  test('two stacks do not fight over the id of a role', () => {
    const stack = testStack();
    const other = sibling(stack, 'staging');
    access(stack).generate();
    access(other).generate();
    expect(resource(stack, ROLE).role_id).not.toBe(resource(other, ROLE).role_id);
  });

  test('an id is the same in every run, since it is part of what is granted', () => {
    const ids = [1, 2].map(() => {
      const stack = testStack();
      access(stack).generate();
      return resource(stack, ROLE).role_id;
    });
    expect(ids).toEqual(['vertex_cef28317_6754af96', 'vertex_cef28317_6754af96']);
  });

  test('in a project that Terraform will know have an address without the number of a token', () => {
    const stack = testStack();
    const id = new TerraformVariable(stack, 'project', { type: 'string' }).stringValue;
    access(stack, { project: { id } }).generate();
    expect(addresses(synthesized(stack)).filter((address) => /token/i.test(address))).toEqual([]);
  });

  test('two providers of one project do not make two roles of one id', () => {
    const stack = testStack();
    const googleProvider = new GoogleProvider(stack, 'europe', { alias: 'europe', project: 'my-project' });
    const identity = reader(stack);
    access(stack, { identity }).generate();
    access(stack, { identity, googleProvider }, 'other').generate();
    const ids = resources(stack, ROLE).map((role) => `${String(role.project)} ${String(role.role_id)}`);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
