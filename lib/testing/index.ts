export { guardrailMatchers, type AllowedAccess, type FindingOptions, type MatcherResult } from './matchers';
export { ruleProblems } from './rule-problems';
