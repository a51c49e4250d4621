import { catalogue } from '../../../lib/guardrails/catalogue';
import { configurationOf } from '../../../lib/guardrails/example';
import type { Example } from '../../../lib/guardrails/rule';
import { outcome } from './outcome';

/*
 * A rule evaluates a grant in each form that Terraform has for it: each example with an IAM member is written as a
 * binding, as a policy from a data source, and as a policy in JSON.
 */

type Body = Readonly<Record<string, unknown>>;
type Named = Readonly<Record<string, Readonly<Record<string, Body>>>>;
interface Configuration {
  readonly resource: Named;
  readonly data?: Named;
}

const MEMBER = /^google_.*_iam_member$/;

/** Rules about the form itself. */
const OF_THE_FORM = ['GCP009', 'GCP010'];

interface Member {
  readonly type: string;
  readonly name: string;
  /** Role, members and condition. */
  readonly grant: Body;
  /** Other arguments. */
  readonly target: Body;
}

function membersIn({ resource }: Configuration): Member[] {
  return Object.entries(resource)
    .filter(([type]) => MEMBER.test(type))
    .flatMap(([type, named]) =>
      Object.entries(named).map(([name, { role, member, condition, ...target }]) => ({
        type: type.replace(/_member$/, ''),
        name,
        grant: { role, members: [member], ...(condition !== undefined && { condition }) },
        target,
      })),
    );
}

/** The configuration with other resources in place of its members. */
function replaced(
  configuration: Configuration,
  form: string,
  write: (member: Member) => Body,
  data: Named = {},
) {
  const others = Object.entries(configuration.resource).filter(([type]) => !MEMBER.test(type));
  const resource: Record<string, Record<string, Body>> = Object.fromEntries(
    others.map(([type, named]) => [type, { ...named }]),
  );
  for (const member of membersIn(configuration)) {
    (resource[`${member.type}_${form}`] ??= {})[member.name] = write(member);
  }
  return { ...configuration, resource, data: { ...configuration.data, ...data } };
}

const FORMS: Readonly<Record<string, (configuration: Configuration) => Example>> = {
  'a binding': (configuration) =>
    replaced(configuration, 'binding', ({ grant, target }) => ({ ...target, ...grant })),
  'a policy from a data source': (configuration) =>
    replaced(
      configuration,
      'policy',
      ({ name, target }) => ({ ...target, policy_data: `\${data.google_iam_policy.${name}.policy_data}` }),
      {
        google_iam_policy: Object.fromEntries(
          membersIn(configuration).map(({ name, grant }) => [name, { binding: [grant] }]),
        ),
      },
    ),
  'a policy in JSON': (configuration) =>
    replaced(configuration, 'policy', ({ grant, target }) => ({
      ...target,
      policy_data: JSON.stringify({ bindings: [grant] }),
    })),
};

const rules = catalogue.flatMap((rule) => {
  const examples = [...rule.passes, ...rule.fails, ...(rule.unknowns ?? [])]
    .map((example) => configurationOf(rule, example) as unknown as Configuration)
    .filter(({ resource = {} }) => Object.keys(resource).some((type) => MEMBER.test(type)));
  return examples.length === 0 || OF_THE_FORM.includes(rule.id) ? [] : [{ id: rule.id, rule, examples }];
});

describe.each(rules)('$id', ({ rule, examples }) => {
  test.each(Object.entries(FORMS))('has the same outcome for %s', (_, write) => {
    for (const example of examples) {
      const written = write(example);
      expect([written, outcome(rule, written)]).toEqual([written, outcome(rule, example as never)]);
    }
  });

  test('is not passed by a policy that only Terraform knows', () => {
    for (const example of examples.filter((each) => outcome(rule, each as never) === 'fail')) {
      const written = replaced(example, 'policy', ({ target }) => ({
        ...target,
        policy_data: '${var.policy}',
      }));
      expect([written, outcome(rule, written)]).not.toEqual([written, 'pass']);
    }
  });
});
