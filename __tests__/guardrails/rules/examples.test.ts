import { catalogue } from '../../../lib/guardrails/catalogue';
import { verdictsOfExample } from '../../../lib/guardrails/example';

describe.each(catalogue.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  test.each(rule.passes.map((example) => [JSON.stringify(example), example] as const))(
    'passes %s',
    (_text, example) => {
      expect(verdictsOfExample(rule, example).filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    },
  );

  test.each(rule.fails.map((example) => [JSON.stringify(example), example] as const))(
    'fails %s',
    (_text, example) => {
      expect(verdictsOfExample(rule, example).map(({ verdict }) => verdict)).toContain('fail');
    },
  );

  const unknowns = rule.unknowns ?? [];
  if (unknowns.length > 0) {
    test.each(unknowns.map((example) => [JSON.stringify(example), example] as const))(
      'cannot judge %s',
      (_text, example) => {
        const verdicts = verdictsOfExample(rule, example).map(({ verdict }) => verdict);
        expect(verdicts).toContain('unknown');
        expect(verdicts).not.toContain('fail');
      },
    );
  }
});
