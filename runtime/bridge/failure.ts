/** An end with a name that `Retry` and `Catch` of a state machine match: AWS Lambda reports `name` as the error. */
export class Failure extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}
