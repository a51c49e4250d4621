import type { TokenSubjects } from '../subject';
import { endpoint } from './endpoint';
import { gke } from './gke';
import { identity } from './identity';
import { jobSteps } from './job-steps';
import { steps } from './steps';
import { stores } from './stores';
import { targets } from './targets';
import { triggers } from './triggers';
import { vertex } from './vertex';

export const SUBJECTS: TokenSubjects = {
  ...identity,
  ...gke,
  ...endpoint,
  ...vertex,
  ...stores,
  ...targets,
  ...triggers,
  ...steps,
  ...jobSteps,
};
