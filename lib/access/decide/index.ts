export { decide, documentKinds, type Decision, type DocumentKind } from './decide';
export { type Broader, type Relation, type UnknownRelation, type Within } from './relation';
export { type AwsPrincipal, type AwsRequest } from './aws/request';
