export { ValidationError, type ValidationProblem } from './errors';
export { type GrantReason } from './grant-reason';
export { type Justification, type JustificationProps } from './justification';
export { movedFrom } from './moved-from';
export { skipStackTraces } from './stack-traces';
export { type AwaitedResource } from './ordering';
