export { ValidationError, type Problem } from './errors';
export { type Justification } from './justification';
export { skipStackTraces } from './stack-traces';
export { type AwaitedResource } from './ordering';
