import type { Rule } from '../../rule';
import { reason } from './reason';
import { reviewDate } from './review-date';

/** Rules for what people record about access. */
export const accessRules: readonly Rule[] = [reason, reviewDate];
