import { denseSamples } from '../../dense-samples';
import type { Domain } from './domain';

/** At most 15 digits: a double represents each such number exactly enough to compare it. */
const NUMBER = /^[+-]?(?=(?:\.?\d){1,15}$)\d+(?:\.\d+)?$/;

/** Integers and decimals. */
export const numbers: Domain<number> = {
  name: 'number',
  read: (text) => (NUMBER.test(text) ? Number(text) : undefined),
  write: String,
  samples: (points) => denseSamples(points, 1),
};
