import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../../lib/guardrails/catalogue';

const RULES = join(__dirname, '../../../lib/guardrails/rules');

test('ids are unique', () => {
  const ids = catalogue.map(({ id }) => id);
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
});

test('every rule that a file declares is in the catalogue', () => {
  const declared = readdirSync(RULES, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      [...readFileSync(join(RULES, file), 'utf8').matchAll(/^ +id: '(\w+)',$/gm)].map(([, id]) => id),
    );
  expect(catalogue.map(({ id }) => id).sort()).toEqual(declared.sort());
});

test.each(catalogue.map((rule) => [rule.id, rule] as const))(
  '%s has a text that people can act on',
  (_, rule) => {
    expect(rule.title).not.toMatch(/\.$/);
    expect(rule.why).toMatch(/\.$/);
    expect(rule.fix).toMatch(/[.…]$/);
  },
);
