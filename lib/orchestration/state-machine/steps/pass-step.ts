import { optional, type Shape } from '../../../core/rules';
import { referencePath, template } from '../paths';
import { field, type States } from '../states';
import { Step, type RenderContext } from '../step';

/** Props of a `PassStep`. */
export interface PassStepProps {
  /**
   * What it gives on: keys that end in `.$` hold paths into the input.
   * @default - its input
   */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /**
   * Where that is put into the input.
   * @default - it takes the place of the input
   */
  readonly resultPath?: string;
}

const rules: Shape<PassStepProps> = { parameters: optional(template), resultPath: optional(referencePath) };

/** Makes its output of its input, with no call of anything. */
export class PassStep extends Step {
  constructor(
    name: string,
    private readonly props: PassStepProps = {},
  ) {
    super(name);
    this.check(props, rules);
  }

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
