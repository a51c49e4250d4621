import { catalogue } from '../../../lib/guardrails/catalogue';
import { configurationOf } from '../../../lib/guardrails/example';
import type { Example } from '../../../lib/guardrails/rule';
import { outcome } from './outcome';

/*
 * A rule evaluates a node pool in each form that Terraform has for it: each example with a node pool is written as an
 * inline pool and as the default pool of a Standard cluster.
 */

type Body = Readonly<Record<string, unknown>>;

/** A Standard cluster that breaks no rule about node pools itself. */
const CLUSTER = {
  name: 'books',
  location: 'us-central1',
  node_pool_auto_config: { node_kubelet_config: { insecure_kubelet_readonly_port_enabled: 'FALSE' } },
};

const FORMS: Readonly<Record<string, (pool: Body) => Body>> = {
  'an inline pool': (pool) => ({ ...CLUSTER, node_pool: [pool] }),
  'the second inline pool': (pool) => ({ ...CLUSTER, node_pool: [GOOD, pool] }),
  'the default pool': ({ node_config }) => ({ ...CLUSTER, node_config }),
};

const GOOD = {
  name: 'good',
  node_config: {
    service_account: 'nodes@p.iam.gserviceaccount.com',
    shielded_instance_config: { enable_secure_boot: true },
  },
};

const asCluster = (cluster: Body): Example => ({
  resource: { google_container_cluster: { books: cluster } },
});

const rules = catalogue.flatMap((rule) => {
  const examples = [...rule.passes, ...rule.fails].flatMap((example) => {
    const { resource } = configurationOf(rule, example) as {
      resource?: Record<string, Record<string, Body>>;
    };
    return Object.values(resource?.google_container_node_pool ?? {});
  });
  return examples.length === 0 ? [] : [{ id: rule.id, rule, examples }];
});

describe.each(rules)('$id', ({ rule, examples }) => {
  test.each(Object.entries(FORMS))('has the same outcome for %s', (form, write) => {
    for (const pool of examples) {
      // The default pool has no argument of a pool but the configuration of its nodes.
      const others = Object.keys(pool).filter((name) => !['name', 'cluster', 'node_config'].includes(name));
      if (form === 'the default pool' && others.length > 0) continue;
      const expected = outcome(rule, { resource: { google_container_node_pool: { main: pool } } });
      const cluster = asCluster(write(pool));
      expect([cluster, outcome(rule, cluster)]).toEqual([cluster, expected]);
    }
  });

  test('passes for a default pool that is removed', () => {
    for (const { node_config } of examples) {
      const cluster = asCluster({ ...CLUSTER, remove_default_node_pool: true, node_config });
      expect([cluster, outcome(rule, cluster)]).toEqual([cluster, 'pass']);
    }
  });
});
