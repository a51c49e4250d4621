export { ValidationError, type ValidationProblem } from './errors';
export { type Justification } from './justification';
export { skipStackTraces } from './stack-traces';
export { type AwaitedResource } from './ordering';
