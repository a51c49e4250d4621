import { whyNot, type WhyNotAnswer } from '../../../lib/access/why-not/why-not';
import { readSynthesizedStack } from '../../../lib/model';
import { run } from '../../examples/run';
import type { Configuration } from '../../synth';
import { withChange } from './apply-change';
import { Editor } from './editor';
import { faults } from './faults';

const [[stackName, example]] = Object.entries(run('step-functions-etl')) as [[string, Configuration]];
const question = {
  identity: 'nightly-etl',
  permission: 'roles/storage.objectUser',
  resource: 'etl-prod-staging',
  now: new Date('2026-11-26T00:00:00Z'),
};
const ask = (configuration: Configuration, asked = question): WhyNotAnswer =>
  whyNot({ stacks: [readSynthesizedStack(configuration, { name: stackName })] }, asked);

test('the example has the access', () => {
  expect(ask(example)).toMatchObject({ result: 'allowed', rejections: [] });
});

test.each(faults)('$stage: $name', ({ stage, plant }) => {
  const broken = structuredClone(example);
  plant(new Editor(broken));
  const answer = ask(broken);
  const [first] = answer.rejections;
  expect({ result: answer.result, stage: first?.stage }).toEqual({ result: 'rejected', stage });
  // The changes of the answer mend the configuration.
  const mended = answer.rejections.reduce(
    (configuration, { change }) => (change ? withChange(configuration, change) : configuration),
    broken,
  );
  expect(ask(mended)).toMatchObject({ result: 'allowed', rejections: [] });
});
