export { GATES, isErrored, trippedGates, type Gate } from './gate';
export { reviewMarkdown } from './markdown';
export { plainReview, type ReviewStyles } from './plain';
export {
  type AccessChange,
  type AccessReach,
  type AttributeChange,
  type OtherFinding,
  type Review,
  type ReviewCoverage,
  type ReviewedChange,
  type StackReview,
  type AccessVerdict,
} from './review';
export { withNames } from './names';
export { reviewPlans, type ReviewOptions } from './review-plans';
