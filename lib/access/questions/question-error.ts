/** A question that the graph cannot answer, for example about an identity that it does not have. */
export class QuestionError extends Error {
  /** Name of the class. */
  public override readonly name = 'QuestionError';
}
