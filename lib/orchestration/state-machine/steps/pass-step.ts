import { optional, type Shape } from '../../../core/rules';
import { referencePath, template } from '../paths';
import { field, type States } from '../asl/states';
import { fieldsRead } from '../fields-read';
import { FallibleStep } from '../fallible-step';
import type { RenderContext } from '../step';
import { readingStates } from './required-fields';
import { checkStep } from '../step-validation';

/** Props of a `PassStep`. */
export interface PassStepProps {
  /**
   * Output of the step. Keys with the suffix `.$` have paths as values.
   * @default - its input
   */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /**
   * Reference path of the output in the input.
   * @default - the output replaces the input
   */
  readonly resultPath?: string;
}

const rules: Shape<PassStepProps> = { parameters: optional(template), resultPath: optional(referencePath) };

/** Transforms its input without calling a service. An absent field fails the step with `Step.BadRequest`. */
export class PassStep extends FallibleStep {
  constructor(
    name: string,
    private readonly props: PassStepProps = {},
  ) {
    super(name);
    checkStep(this, props, rules);
  }

  /** Renders the states; the first has the name of the step. */
  public render(context: RenderContext): States {
    const { parameters, resultPath } = this.props;
    const fields = fieldsRead(parameters);
    return readingStates({
      name: this.name,
      part: 'output',
      fields,
      catchers: this.inputCatchers(fields),
      state: {
        Type: 'Pass',
        ...field('Parameters', parameters),
        ...field('ResultPath', resultPath),
        ...this.transition(context),
      },
    });
  }
}
