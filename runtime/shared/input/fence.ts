import { FieldError, optional, text } from './fields';

/** The clocks of AWS and of another cloud may differ by so many milliseconds. */
const CLOCK_SKEW = 5_000;

/** Time limit of a clean-up: it leaves what was created later, which may belong to a redrive. */
export interface Fence {
  /** Time in ISO 8601. */
  readonly createdBefore?: string;
}

/** Reads the time limit of a clean-up request. */
export function readFence(value: unknown): Fence {
  const createdBefore = optional(text, value, 'createdBefore');
  if (createdBefore === undefined) return {};
  if (Number.isNaN(Date.parse(createdBefore))) throw new FieldError('createdBefore', 'must be a time');
  return { createdBefore };
}

/** Whether an object was created before the time limit. An object without a time of creation counts as old. */
export function isBefore({ createdBefore }: Fence, createdAt: string | undefined): boolean {
  if (createdBefore === undefined) return true;
  return (Date.parse(createdAt ?? '') || 0) < Date.parse(createdBefore) - CLOCK_SKEW;
}
