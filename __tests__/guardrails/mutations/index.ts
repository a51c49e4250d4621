import { awsMutations } from './aws';
import { gkeMutations } from './gke';
import { googleMutations } from './google';
import { kubernetesMutations } from './kubernetes';
import type { Mutation } from './mutation';
import { providerMutations } from './providers';
import { stepFunctionsMutations } from './step-functions';

/** Dangerous changes of existing blocks. */
export const mutations: readonly Mutation[] = [
  ...googleMutations,
  ...gkeMutations,
  ...kubernetesMutations,
  ...awsMutations,
  ...stepFunctionsMutations,
  ...providerMutations,
];
