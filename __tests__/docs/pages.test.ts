import type { TerraformStack } from 'cdktf';
import { StateMachineDefinition } from '../../lib/orchestration/state-machine/state-machine-definition';
import { GATE_ERRORS } from '../../lib/contracts/gate-errors';
import type { IChainable } from '../../lib/orchestration/state-machine/step';
import { compilerErrors, drawings, moduleOf, modulesOf, pagesWithCode, redraw, run, textOf } from './pages';
import { resources } from '../synth';
import { stateDiagram } from './state-diagram';

const PAGES = [
  'gke-job-target.md',
  'step-functions-orchestrator.md',
  'gke-job-step.md',
  'gke-service-step.md',
  'approval-step.md',
  'decision-step.md',
  'vertex-training-step.md',
  'steps.md',
];

test('the code in the README and in each page compiles', () => {
  const others = ['../README.md', ...pagesWithCode.filter((page) => !PAGES.includes(page))];
  const modules = [...others.flatMap(modulesOf), ...PAGES.map(moduleOf)];
  expect(modules.length).toBeGreaterThan(50);
  const wrong = "import { PassStep } from 'cdktf-multicloud';\nnew PassStep(1);";
  expect(compilerErrors([...modules, wrong])).toEqual([expect.stringContaining('new PassStep(1);')]);
});

describe('the pages about orchestration', () => {
  const made = new Map(PAGES.map((page) => [page, run(page)]));
  const drawn = PAGES.flatMap((page) => drawings(textOf(page)).map((drawing) => ({ page, ...drawing })));

  test('have the states of each step drawn', () => {
    expect(PAGES.filter((page) => !drawn.some((each) => each.page === page))).toEqual(['gke-job-target.md']);
  });

  test.each(drawn)('$page draws the states of $of as they are rendered', ({ page, ...drawing }) => {
    const { states } = StateMachineDefinition.fromSteps(made.get(page)![drawing.of] as IChainable);
    const diagram = stateDiagram(states, drawing);
    // DRAW=1 npx jest __tests__/docs
    if (process.env.DRAW) redraw(page, drawing, diagram);
    else expect(drawing.diagram).toBe(diagram);
  });

  test('decision-step.md names each error of a gate', () => {
    for (const error of Object.values(GATE_ERRORS))
      expect(textOf('decision-step.md')).toContain(`\`${error}\``);
  });
});

test('the program about defaults has at most 30 lines, and synthesizes', () => {
  const lines = textOf('defaults.md').split('```ts\n')[1]!.split('```')[0]!.split('\n');
  expect(lines.filter((line) => line !== '' && !line.startsWith('import ')).length).toBeLessThanOrEqual(30);
  const { stack } = run('defaults.md') as { stack: TerraformStack };
  const machines = resources(stack, 'aws_sfn_state_machine').map(({ name }) => name);
  expect(machines).toContain('etl-nightly');
});
