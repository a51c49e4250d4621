import { TerraformVariable, Token, type TerraformStack } from 'cdktf';
import { refusal, testStack } from '../synth';
import { namespace, policy } from './namespace-fixtures';

describe('a way in', () => {
  test('for pods of the same namespace', () => {
    const stack = testStack();
    namespace(stack).allowIngress('allow-callers', { to: { app: 'books' }, ports: [8000] });
    expect(policy(stack, 'allow-callers')).toEqual({
      policy_types: ['Ingress'],
      pod_selector: { match_labels: { app: 'books' } },
      ingress: [{ from: [{ pod_selector: {} }], ports: [{ port: '8000', protocol: 'TCP' }] }],
    });
  });

  test('for some pods of another namespace', () => {
    const stack = testStack();
    namespace(stack).allowIngress('allow-shop', {
      to: { app: 'books' },
      ports: [8000],
      fromNamespace: 'shop',
      fromPods: { app: 'web' },
    });
    expect(policy(stack, 'allow-shop').ingress).toMatchObject([
      {
        from: [
          {
            namespace_selector: { match_labels: { 'kubernetes.io/metadata.name': 'shop' } },
            pod_selector: { match_labels: { app: 'web' } },
          },
        ],
      },
    ]);
  });

  test('for load balancers, by range', () => {
    const stack = testStack();
    namespace(stack).allowIngress('allow-gclb', {
      to: { app: 'books' },
      ports: [8000],
      fromCidrs: ['35.191.0.0/16', '130.211.0.0/22'],
    });
    expect(policy(stack, 'allow-gclb').ingress).toMatchObject([
      { from: [{ ip_block: { cidr: '35.191.0.0/16' } }, { ip_block: { cidr: '130.211.0.0/22' } }] },
    ]);
  });

  test('without a port is refused, and can then be made with one', () => {
    const stack = testStack();
    const books = namespace(stack);
    expect(refusal(() => books.allowIngress('in', { to: { app: 'books' }, ports: [] })).message).toBe(
      'prod/namespace/ingress-in: ports must be a list of at least 1 item (got []). Add an item.',
    );
    books.allowIngress('in', { to: { app: 'books' }, ports: [1] });
    expect(policy(stack, 'in')).toBeDefined();
  });

  test.each([
    [1, 65_535],
    [0, 65_536],
  ])('on the ports %d and %d', (low, high) => {
    const open = () =>
      namespace(testStack()).allowIngress('in', { to: { app: 'books' }, ports: [low, high] });
    if (low === 1) expect(open).not.toThrow();
    else {
      expect(refusal(open).problems.map(({ property, rule }) => `${property}: ${rule}`)).toEqual([
        'ports[0]: be a whole number from 1 to 65535',
        'ports[1]: be a whole number from 1 to 65535',
      ]);
    }
  });

  test('under a name that Kubernetes does not take is refused', () => {
    const books = namespace(testStack());
    expect(
      refusal(() => books.allowIngress('Allow Callers', { to: { app: 'books' }, ports: [1] })).problems,
    ).toHaveLength(1);
  });

  test('under the name of a policy that exists is refused', () => {
    const books = namespace(testStack());
    expect(
      refusal(() => books.allowIngress('default-deny', { to: { app: 'books' }, ports: [1] })).problems,
    ).toHaveLength(1);
  });

  test('for ranges and pods at once is refused, since the pods would be lost', () => {
    const books = namespace(testStack());
    const options = {
      to: { app: 'books' },
      ports: [1],
      fromPods: { app: 'web' },
      fromCidrs: ['35.191.0.0/16'],
    };
    expect(refusal(() => books.allowIngress('in', options)).problems).toHaveLength(1);
  });

  // Terraform drops a label and a port that are null: the policy would select every pod and open every port.
  test.each<[string, (unknown: Unknown) => object]>([
    ['to', ({ map }) => ({ to: map })],
    ['to["app"]', ({ text }) => ({ to: { app: text } })],
    ['ports', ({ numbers }) => ({ ports: numbers })],
    ['ports[0]', ({ number }) => ({ ports: [number] })],
    ['fromNamespace', ({ text }) => ({ fromNamespace: text })],
    ['fromPods', ({ map }) => ({ fromPods: map })],
    ['fromPods["app"]', ({ text }) => ({ fromPods: { app: text } })],
    ['fromCidrs', ({ texts }) => ({ fromCidrs: texts })],
  ])('by a value that Terraform will know is refused: %s', (property, options) => {
    const stack = testStack();
    const books = namespace(stack);
    const all = { to: { app: 'books' }, ports: [8000], ...options(unknownIn(stack)) };
    expect(refusal(() => books.allowIngress('in', all)).message).toBe(
      `prod/namespace/ingress-in: ${property} must be known at synth (got "a token"). Pass a plain value instead of a token.`,
    );
  });
});

interface Unknown {
  readonly text: string;
  readonly number: number;
  readonly map: Record<string, string>;
  readonly texts: string[];
  readonly numbers: number[];
}

function unknownIn(stack: TerraformStack): Unknown {
  const value = new TerraformVariable(stack, 'unknown', {});
  return {
    text: value.stringValue,
    number: value.numberValue,
    map: Token.asStringMap(value.value),
    texts: value.listValue,
    numbers: Token.asNumberList(value.value),
  };
}

describe('a way out', () => {
  test.each<[string, (unknown: Unknown) => object]>([
    ['cidrs', ({ texts }) => ({ cidrs: texts })],
    ['ports[0]', ({ number }) => ({ ports: [number] })],
    ['from', ({ map }) => ({ from: map })],
    ['from["app"]', ({ text }) => ({ from: { app: text } })],
  ])('by a value that Terraform will know is refused: %s', (property, options) => {
    const stack = testStack();
    const books = namespace(stack);
    const all = { cidrs: ['10.9.0.0/24'], ports: [5432], ...options(unknownIn(stack)) };
    expect(refusal(() => books.allowEgress('out', all)).message).toBe(
      `prod/namespace/egress-out: ${property} must be known at synth (got "a token"). Pass a plain value instead of a token.`,
    );
  });

  test('to an address that Terraform will know refers to it', () => {
    const stack = testStack();
    const { text } = unknownIn(stack);
    namespace(stack).allowEgress('out', { cidrs: [`${text}/32`], ports: [5432] });
    expect(policy(stack, 'out').egress).toMatchObject([
      { to: [{ ip_block: { cidr: '${var.unknown}/32' } }] },
    ]);
  });

  test('for every pod, to a database', () => {
    const stack = testStack();
    namespace(stack).allowEgress('allow-database', { cidrs: ['10.9.0.0/24'], ports: [5432] });
    expect(policy(stack, 'allow-database')).toEqual({
      policy_types: ['Egress'],
      pod_selector: {},
      egress: [{ to: [{ ip_block: { cidr: '10.9.0.0/24' } }], ports: [{ port: '5432', protocol: 'TCP' }] }],
    });
  });

  test('for the pods that are named', () => {
    const stack = testStack();
    namespace(stack).allowEgress('allow-database', {
      cidrs: ['10.9.0.0/24'],
      ports: [5432],
      from: { app: 'books' },
    });
    expect(policy(stack, 'allow-database').pod_selector).toEqual({ match_labels: { app: 'books' } });
  });

  test('with host bits is refused', () => {
    expect(
      refusal(() => namespace(testStack()).allowEgress('out', { cidrs: ['10.9.0.7/24'], ports: [1] }))
        .message,
    ).toBe(
      'prod/namespace/egress-out: cidrs[0] must start at the first address of its prefix (got "10.9.0.7/24"). Use "10.9.0.0/24".',
    );
  });

  test('of the name of a way in is refused, since one would overwrite the other', () => {
    const books = namespace(testStack());
    books.allowIngress('database', { to: { app: 'books' }, ports: [1] });
    expect(
      refusal(() => books.allowEgress('database', { cidrs: ['10.9.0.0/24'], ports: [1] })).problems,
    ).toHaveLength(1);
  });
});
