import { benchAccess } from './access.mjs';
import { benchAgainstHand, benchGrowth } from './build.mjs';
import { benchCommand } from './command.mjs';
import { benchDecisions } from './decisions.mjs';
import { benchFunctions } from './functions.mjs';
import { benchGuardrails } from './guardrails.mjs';
import { benchLoad } from './load.mjs';
import { benchModel } from './model.mjs';
import { benchScale } from './scale.mjs';
import { benchVertex } from './vertex.mjs';

// Ratios within one run hold on any machine; the times are of this one.

const BENCHMARKS = {
  command: benchCommand,
  load: benchLoad,
  hand: benchAgainstHand,
  growth: benchGrowth,
  vertex: benchVertex,
  access: benchAccess,
  decisions: benchDecisions,
  model: benchModel,
  guardrails: benchGuardrails,
  functions: benchFunctions,
  scale: benchScale,
};

// npm run bench -- NAME…; all of them without a name.
const names = process.argv.slice(2);
const unknown = names.filter((name) => !Object.hasOwn(BENCHMARKS, name));
if (unknown.length > 0) {
  console.error(`${unknown.join(', ')} must be one of ${Object.keys(BENCHMARKS).join(', ')}.`);
  process.exitCode = 1;
} else {
  for (const [name, bench] of Object.entries(BENCHMARKS)) {
    if (names.length === 0 || names.includes(name)) await bench();
  }
}
