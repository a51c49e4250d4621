import { awsFaults } from './aws-faults';
import { clusterFaults } from './cluster-faults';
import type { Fault } from './fault';
import { googleFaults } from './google-faults';

/** All faults, in the order of the links of a path. */
export const faults: readonly Fault[] = [...awsFaults, ...googleFaults, ...clusterFaults];
