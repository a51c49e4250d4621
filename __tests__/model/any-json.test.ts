import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  expressionText,
  joinPlans,
  ModelError,
  ModelIndex,
  readModelText,
  readPlan,
  readSynthesizedStack,
  referencesIn,
  type ModelStack,
} from '../../lib/model';
import { templateValue } from '../../lib/model/values/template';

/** Freezes a value and its parts, so that a change of it throws. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

/** Runs an action that may throw the error of the model and no other. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof ModelError) return undefined;
    throw error;
  }
}

/** Uses all look-ups on a stack. */
function inspect(stack: ModelStack): void {
  const index = new ModelIndex({ stacks: [stack] });
  for (const { values, stack: name } of stack.resources) {
    for (const value of Object.values(values)) {
      referencesIn(value).forEach((reference) => index.resourcesOf(name, reference));
      index.document(name, value);
      expressionText(value);
    }
  }
  joinPlans({ stacks: [stack] }, { stacks: [stack] });
}

const MEMBERS = [
  'address',
  'after',
  'after_sensitive',
  'after_unknown',
  'actions',
  'before',
  'change',
  'child_modules',
  'configuration',
  'constant_value',
  'count_expression',
  'content',
  'data',
  'dynamic',
  'expressions',
  'for_each',
  'locals',
  'module_calls',
  'outputs',
  'planned_values',
  'provider',
  'provider_config',
  'references',
  'replace_paths',
  'resource',
  'resource_changes',
  'resources',
  'root_module',
  'terraform',
  'values',
  'variable',
  '$kind',
  '//',
  '__proto__',
  'constructor',
  'x',
];

const text = fc.oneof(
  fc.string(),
  fc.constantFrom('${a_b.x.id}', '${local.x}', 'a_b.x', 'module.x', 'module.x.a_b.x', 'each.value', 'x.y'),
  fc.constantFrom('${data.aws_iam_policy_document.x.json}', '{"a":"${var.x}"}', '${jsonencode({a=b_c.d})}'),
);
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'large', withCrossShrink: true },
    text,
    fc.constantFrom(null, true, false, 0, 1),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...MEMBERS), tie('json'), { maxKeys: 5 }),
  ),
}));

const RUNS = { numRuns: 150 };

test('reading any JSON throws the error of the model or nothing, and changes nothing', () => {
  fc.assert(
    fc.property(json, fc.constantFrom('1.0', '1.2', '2.0'), (value, version) => {
      const synthesized = attempt(() => readSynthesizedStack(frozen(value)));
      if (synthesized) inspect(frozen(synthesized));
      const members = typeof value === 'object' && !Array.isArray(value) ? value : { planned_values: value };
      const plan = attempt(() => readPlan(frozen({ ...members, format_version: version })));
      if (plan) inspect(frozen(plan));
    }),
    RUNS,
  );
});

const SECTIONS = [
  'resource',
  'data',
  'provider',
  'module',
  'output',
  'variable',
  'locals',
  'terraform',
] as const;
const PLAN_PARTS = [
  'planned_values',
  'prior_state',
  'resource_changes',
  'resource_drift',
  'deferred_changes',
  'configuration',
  'checks',
  'output_changes',
  'variables',
] as const;

test('reading sections of any content throws the error of the model or nothing', () => {
  const section = fc.dictionary(fc.constantFrom(...SECTIONS), json, { minKeys: 1, maxKeys: 4 });
  const part = fc.dictionary(fc.constantFrom(...PLAN_PARTS), json, { minKeys: 1, maxKeys: 4 });
  fc.assert(
    fc.property(section, part, (sections, parts) => {
      const synthesized = attempt(() => readSynthesizedStack(frozen(sections)));
      if (synthesized) inspect(frozen(synthesized));
      const plan = attempt(() => readPlan(frozen({ ...parts, format_version: '1.2' })));
      if (plan) inspect(frozen(plan));
    }),
    RUNS,
  );
});

const FIXTURES = ['access.plan.json', 'access.tf.json', 'changes.plan.json'].map((name) =>
  readFileSync(join(__dirname, 'fixtures', name), 'utf8'),
);

/** The JSON with the n-th of its values replaced. */
function withReplaced(value: unknown, position: number, replacement: unknown): unknown {
  let count = 0;
  return JSON.parse(JSON.stringify(value), (_, each: unknown) => (count++ === position ? replacement : each));
}

test('a real plan or stack of which any value is replaced, or any part is missing, is read or rejected', () => {
  fc.assert(
    fc.property(fc.constantFrom(...FIXTURES), fc.nat(2000), json, (fixture, position, replacement) => {
      const changed = withReplaced(JSON.parse(fixture), position, replacement);
      const stack = attempt(() => readModelText(JSON.stringify(changed) ?? '', 'it'));
      if (stack) inspect(frozen(stack));
    }),
    RUNS,
  );
  fc.assert(
    fc.property(fc.constantFrom(...FIXTURES), fc.nat(20_000), (fixture, length) => {
      attempt(() => readModelText(fixture.slice(0, length), 'it'));
    }),
    RUNS,
  );
});

test('any text is a value', () => {
  const sign = fc.constantFrom(
    ...'${}"[]().*,:=?!&|<>-+ \n\\%#/~ax0',
    '${',
    '%{',
    '$${',
    'for ',
    ' in ',
    'a_b.x',
  );
  fc.assert(
    fc.property(
      fc.array(sign).map((signs) => signs.join('')),
      (template) => {
        expressionText(templateValue(template));
      },
    ),
    { numRuns: 1000 },
  );
});
