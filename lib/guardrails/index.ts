export { type Acknowledgement, type AcknowledgementStatus } from './acknowledgement';
export { catalogue } from './catalogue';
export { CheckedValue } from './checked-value';
export { type Finding, type FindingAcknowledgement, type Unjudged } from './finding';
export { findingLines } from './formats/finding-lines';
export { githubReport } from './formats/github-report';
export { jsonReport, type JsonReport, type LocatedFinding } from './formats/json-report';
export { markdownReport } from './formats/markdown-report';
export { plainReport, type Styles } from './formats/plain-report';
export { sarifReport, type SarifOptions } from './formats/sarif-report';
export { sourceLocator, type SourceLocation, type SourceLocator } from './formats/source-location';
export { coverageLine, summaryLine } from './formats/summary';
export { Guardrails, type AcknowledgementProps, type EnforceOptions } from './guardrails';
export {
  openFindings,
  reportOf,
  type Coverage,
  type GuardrailReport,
  type ReportOptions,
  type RuleSummary,
  type UncoveredType,
} from './report';
export { ResourceIndex } from './resource-index';
export { rule, type Example, type Profile, type Rule, type RuleDefinition, type Severity } from './rule';
export { Subject } from './subject';
export {
  all,
  any,
  every,
  fail,
  pass,
  unknown,
  when,
  type Fail,
  type Pass,
  type Unknown,
  type Verdict,
} from './verdict';
