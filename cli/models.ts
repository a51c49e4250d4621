import type { Model } from '../lib/model/model';
import { ModelError } from '../lib/model/model-error';
import { readModel } from '../lib/model/model-files';
import { InputError } from './exit-codes';

/** One model of several paths: output folders, stacks and plans. */
export function readModels(paths: readonly string[]): Model {
  try {
    return { stacks: paths.flatMap((path) => readModel(path).stacks) };
  } catch (error) {
    if (error instanceof ModelError) throw new InputError(error.message, { cause: error });
    throw error;
  }
}
