export { InputError } from '../core/input-error';
export { type ModelDocument } from './document';
export { type ModelFacts } from './facts';
export { joinPlans } from './join';
export {
  type Model,
  type ModelBackend,
  type ModelModule,
  type ModelOutput,
  type ModelProvider,
  type ModelResource,
  type ModelResourceProvider,
  type ModelStack,
  type ModelVariable,
} from './model';
export { ModelError } from './values/model-error';
export { readModel } from './model-files';
export { ModelIndex } from './model-index';
export { readModelText } from './model-text';
export { blocksAt, computedPaths, valuesAt, type ModelItem } from './values/paths';
export {
  type DeferredChange,
  type OutputChange,
  type PlanAction,
  type PlanChange,
  type PlanCheck,
  type PlanDetails,
  type PlanImport,
} from './plan';
export { readPlan, type PlanOptions } from './plan-reader';
export { isSensitiveAt } from './values/sensitive';
export { readSynthesizedStack, type SynthesizedStackOptions } from './synthesized-reader';
export {
  isComputed,
  isKnown,
  isModelObject,
  referencesIn,
  type CallValue,
  type ComputedValue,
  type DynamicBlocks,
  type ExpressionValue,
  type ModelList,
  type ModelObject,
  type ModelValue,
  type ReferenceValue,
  type TemplateValue,
  type UnknownValue,
} from './values/value';
export { expressionText } from './values/value-text';
