import { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import type { TerraformStack } from 'cdktf';
import {
  addMetadataComment,
  descriptionOf as describeWhy,
  justificationOf,
  justificationRules,
} from '../../lib/core/justification';
import { dependenciesWithin } from '../../lib/core/ordering';
import { shape, type Rule } from '../../lib/core/rules';
import type * as StackTraces from '../../lib/core/stack-traces';
import { resource, sibling, synthesized, testStack, written } from '../synth';

const network = (stack: TerraformStack, id: string, dependsOn: ComputeNetwork[] = []) =>
  new ComputeNetwork(stack, id, {
    name: id,
    dependsOn: dependsOn.length > 0 ? dependenciesWithin(stack, dependsOn) : undefined,
  });

describe('waiting for a resource', () => {
  test('of the same stack is a depends_on', () => {
    const stack = testStack();
    network(stack, 'second', [network(stack, 'first')]);
    expect(synthesized(stack).resource).toMatchObject({
      google_compute_network: { second: { depends_on: ['google_compute_network.first'] } },
    });
  });

  test('of another stack orders the stacks in the manifest, and reads no state', () => {
    const platform = testStack('platform');
    const workloads = sibling(platform, 'workloads');
    network(workloads, 'second', [network(platform, 'first')]);
    const { manifest, text } = written(platform);
    expect(manifest.stacks.workloads?.dependencies).toEqual(['platform']);
    expect(manifest.stacks.platform?.dependencies).toEqual([]);
    expect(text).not.toMatch(/terraform_remote_state|google_compute_network\.|"output"/);
  });

  test('of either kind at once keeps the two apart', () => {
    const platform = testStack('platform');
    const workloads = sibling(platform, 'workloads');
    const here = network(workloads, 'here');
    expect(dependenciesWithin(workloads, [network(platform, 'there'), here])).toEqual([here]);
  });

  test('of none asks for nothing, also where there is no stack', () => {
    expect(dependenciesWithin(undefined as never, [])).toEqual([]);
  });
});

describe('a justification', () => {
  const full = { reason: 'a'.repeat(160), owner: 'b'.repeat(40), ticket: 'c'.repeat(32) };

  test('at its longest fits into the 256 bytes of a description', () => {
    const problems: unknown[] = [];
    shape(justificationRules)(full, '', (problem) => problems.push(problem));
    expect(problems).toEqual([]);
    expect(Buffer.byteLength(describeWhy(full))).toBeLessThanOrEqual(256);
  });

  test.each<[string, Rule, number]>([
    ['reason', justificationRules.reason, 160],
    ['owner', justificationRules.owner, 40],
    ['ticket', justificationRules.ticket, 32],
  ])('%s of one byte more is refused', (_, by, bytes) => {
    const problems: string[] = [];
    by('a'.repeat(bytes + 1), 'p', ({ rule }) => problems.push(rule));
    expect(problems).toEqual([
      `be one line of text with at least one visible character, at most ${bytes} bytes, and no "\${" or "%{"`,
    ]);
  });

  test.each([
    [{ reason: 'reads' }, 'reads'],
    [{ reason: 'reads', owner: 'team-books' }, 'reads (owner: team-books)'],
    [{ reason: 'reads', ticket: 'BOOK-1' }, 'reads (ticket: BOOK-1)'],
    [{ reason: 'reads', owner: 'team-books', ticket: 'BOOK-1' }, 'reads (owner: team-books, ticket: BOOK-1)'],
  ])('%j reads as one line', (justification, text) => {
    expect(describeWhy(justification)).toBe(text);
  });

  test('is taken out of whatever carries it, without empty fields', () => {
    const carrier = { reason: 'reads', owner: undefined, role: 'roles/viewer' };
    expect(Object.entries(justificationOf(carrier))).toEqual([['reason', 'reads']]);
  });

  test('stands beside its resource as a comment', () => {
    const stack = testStack();
    addMetadataComment(network(stack, 'first'), { reason: 'reads' });
    expect(resource(stack, 'google_compute_network')).toEqual({ '//': { reason: 'reads' }, name: 'first' });
  });
});

describe('stack traces', () => {
  const trace = () => {
    const lib = jest.requireActual<{ captureStackTrace: () => string[] }>(
      'cdktf/lib/tokens/private/stack-trace',
    );
    return lib.captureStackTrace();
  };
  const load = () => jest.requireActual<typeof StackTraces>('../../lib/core/stack-traces');
  const withSetting = (setting: string | undefined, action: () => void) => {
    const before = process.env.CDKTF_STACK_TRACES;
    if (setting === undefined) delete process.env.CDKTF_STACK_TRACES;
    else process.env.CDKTF_STACK_TRACES = setting;
    try {
      jest.isolateModules(action);
    } finally {
      if (before === undefined) delete process.env.CDKTF_STACK_TRACES;
      else process.env.CDKTF_STACK_TRACES = before;
    }
  };

  test('are captured by cdktf until they are switched off', () => {
    withSetting(undefined, () => {
      expect(trace().length).toBeGreaterThan(0);
      load().skipStackTraces();
      expect(trace()).toEqual([]);
    });
  });

  test('stay on while CDKTF_STACK_TRACES is 1', () => {
    withSetting('1', () => {
      load().skipStackTraces();
      expect(trace().length).toBeGreaterThan(0);
    });
  });

  test('of a cdktf with other internals are left alone', () => {
    withSetting(undefined, () => {
      jest.doMock('cdktf/lib/tokens/private/stack-trace', () => {
        throw new Error('moved');
      });
      const { skipStackTraces } = load();
      expect(skipStackTraces()).toBeUndefined();
      jest.dontMock('cdktf/lib/tokens/private/stack-trace');
    });
  });
});
