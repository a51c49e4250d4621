import { optional, type Shape } from '../../../core/rules';
import { referencePath, template } from '../paths';
import { field, type States } from '../states';
import { Step, type RenderContext } from '../step';
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

/** Transforms its input without calling a service. */
export class PassStep extends Step {
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
    return {
      [this.name]: {
        Type: 'Pass',
        ...field('Parameters', parameters),
        ...field('ResultPath', resultPath),
        ...this.transition(context),
      },
    };
  }
}
