import { benchAccess } from './access.mjs';
import { benchAgainstHand, benchGrowth } from './build.mjs';
import { benchCommand } from './command.mjs';
import { benchFunctions } from './functions.mjs';
import { benchGuardrails } from './guardrails.mjs';
import { benchLoad } from './load.mjs';
import { benchModel } from './model.mjs';
import { benchScale } from './scale.mjs';

// Ratios within one run hold on any machine; the times are of this one.

benchCommand();
benchLoad();
benchAgainstHand();
benchGrowth();
benchAccess();
benchModel();
benchGuardrails();
await benchFunctions();
await benchScale();
