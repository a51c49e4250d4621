import { InputError } from '../../core/input-error';

/** A question that the graph cannot answer, for example about an identity that it does not have. */
export class QuestionError extends InputError {
  /** Name of the class. */
  public override readonly name = 'QuestionError';
}
