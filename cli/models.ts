import type { Model } from '../lib/model/model';
import { readModel } from '../lib/model/model-files';

/** One model of several paths: output folders, stacks and plans. */
export function readModels(paths: readonly string[]): Model {
  return { stacks: paths.flatMap((path) => readModel(path).stacks) };
}
