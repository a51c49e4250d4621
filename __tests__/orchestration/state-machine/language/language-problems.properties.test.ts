import * as fc from 'fast-check';
import type { StatesBlock } from '../../../../lib/orchestration/state-machine/asl/states';
import { definitionProblems } from '../../../../lib/orchestration/state-machine/state-machine-definition-rules';

const NAMES = [
  'Type',
  'States',
  'StartAt',
  'Next',
  'End',
  'Branches',
  'ItemProcessor',
  'Iterator',
  'Choices',
  'Catch',
  'Retry',
  'Parameters',
  'QueryLanguage',
  'Variable',
  'And',
  'ErrorEquals',
  'ItemReader',
  'Default',
  'Seconds',
  'Output',
  'A',
];
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(
      'Task',
      'Parallel',
      'Map',
      'Pass',
      'Choice',
      'Wait',
      'A',
      'JSONata',
      '$.a',
      '{% 1 %}',
      1,
      null,
      true,
    ),
    fc.array(tie('json'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie('json'), { maxKeys: 5 }),
    fc.record({ StartAt: fc.constant('A'), States: fc.record({ A: tie('json') }) }),
  ),
}));

test('no value causes another error than a list of problems', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(definitionProblems(value as StatesBlock)).toBeInstanceOf(Array);
    }),
    { numRuns: 1_000 },
  );
});
