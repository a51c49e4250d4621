export { decide, documentKinds, type Decision, type DocumentKind } from './decide/decide';
export { type Broader, type Relation, type UnknownRelation, type Within } from './decide/relation';
export { type AwsPrincipal, type AwsRequest } from './decide/aws/request';
