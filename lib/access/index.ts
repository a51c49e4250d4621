export { accessGraph } from './access-graph';
export { decide, documentKinds, type Decision, type DocumentKind } from './decide/decide';
export { type Broader, type Relation, type UnknownRelation, type Within } from './decide/relation';
export { type AwsPrincipal, type AwsRequest } from './decide/aws/request';
export { type AccessDrift, type DriftFinding, type DriftKind, type NotCompared } from './drift/access-drift';
export { accessDrift } from './drift/drift';
export { awsAuthorizationExport } from './drift/exports/aws-authorization';
export { googleAssetsExport } from './drift/exports/google-assets';
export { googlePolicyExport } from './drift/exports/google-policy';
export { kubernetesExport } from './drift/exports/kubernetes-list';
export { ExportError, type LiveExport, type Unread } from './drift/exports/live-export';
export { terraformQueryExport } from './drift/exports/terraform-query';
export { dotOf } from './formats/dot';
export { mermaidOf } from './formats/mermaid';
export { edgeSentence } from './formats/sentence';
export { type AccessEdge, type AccessEdgeKind } from './graph/edge';
export { type AccessGap, type AccessGraph } from './graph/graph';
export { type AccessLane, type AccessNode, type AccessNodeKind } from './graph/node';
export { type AccessSource } from './graph/source';
export { Access, type NeverProps, type OnlyProps } from './invariants/access';
export { invariantLines } from './invariants/recorded';
export { compareAccess, type AccessDifference } from './manifest/compare';
export { accessManifest, type AccessManifest } from './manifest/manifest';
export { ManifestError, readManifest } from './manifest/read-manifest';
export {
  type AccessObserved,
  type ObservedAccess,
  type UnjudgedGrant,
  type UnusedGrant,
} from './observed/access-observed';
export { LogError, type LoggedAccess, type LogName } from './observed/logged-access';
export { cloudTrailCalls } from './observed/logs/cloudtrail';
export { googleAuditCalls } from './observed/logs/google-audit';
export { kubernetesAuditCalls } from './observed/logs/kubernetes-audit';
export { accessObserved } from './observed/observed';
export { accessPage, type AccessPageOptions } from './page/access-page';
export { AccessQuestions, type AccessAnswer } from './questions/answers';
export { QuestionError } from './questions/question-error';
export { type AccessPath } from './questions/reach';
export { ClaimsError, readClaims, type TokenClaims } from './token/claims';
export { type CelValue } from './token/cel-types';
export { explainToken } from './token/explain-token';
export { type TokenExplanation, type TokenStage, type TokenStep } from './token/explanation';
export { changeText, type ConfigurationChange } from './why-not/change';
export { type Rejection, type RejectionStage } from './why-not/link';
export { whyNot, type WhyNotAnswer, type WhyNotLink, type WhyNotQuestion } from './why-not/why-not';
