import { readFileSync } from 'node:fs';
import { ValidationError } from '../../core/errors';
import type { ValidationProblem } from '../../core/errors';
import {
  constructLike,
  knownAtSynth,
  list,
  literalText,
  optional,
  record,
  rule,
  shape,
  string,
} from '../../core/rules';
import { problemsOf } from '../../core/validation';
import type { AwsPolicyStatement } from '../../aws/policy-statement';
import type { IPodAwsRole } from '../../identity/federation/pod-aws-role';
import type { IInvocableFunction, ICancellableTarget } from '../targets/target';
import type { StatesBlock } from './asl/states';
import { blockOf, everyStep } from './blocks';
import { longestPath, mostEvents, withinHistory } from './longest-path';
import { standardOnlyIn, type StandardOnly } from './standard-only';
import { distributedMapIn, longestStateSeconds, secondsOf, type DistributedMap } from './state-seconds';
import { OWN_EXECUTION, type IChainable, type Step } from './step';

/** Options of a definition in the States Language. */
export interface DefinitionOptions {
  /**
   * Values of the placeholders: `${EtlFunction}` in the text is what `EtlFunction` is here. Every placeholder has a
   * value, and every value a placeholder.
   * @default - there are none
   */
  readonly substitutions?: Readonly<Record<string, string>>;
  /**
   * Targets whose functions the definition invokes.
   * @default - none
   */
  readonly targets?: readonly ICancellableTarget[];
}

const target = constructLike('a target with a clean-up function', {
  name: 'string',
  functionArn: 'string',
  cleanupFunctionArn: 'string',
});

// The library checks the states, which a token hides.
const definitionText = knownAtSynth(literalText);

const optionRules = shape<DefinitionOptions>({
  substitutions: optional(
    record(
      string(),
      rule('be a text', (value) => typeof value === 'string'),
    ),
  ),
  targets: optional(list(target)),
});

/** The states of a state machine and what they ask for. */
export class StateMachineDefinition {
  /** A definition in a file of the Amazon States Language. */
  public static fromFile(path: string, options: DefinitionOptions = {}): StateMachineDefinition {
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (error) {
      const rule = `be a readable file (${(error as NodeJS.ErrnoException).code})`;
      throw new ValidationError('Definition', [{ property: 'path', value: path, rule }]);
    }
    return StateMachineDefinition.fromString(text, options);
  }

  /** A definition in the Amazon States Language. */
  public static fromString(text: string, options: DefinitionOptions = {}): StateMachineDefinition {
    const problems = [...problemsOf(definitionText, text, 'text'), ...problemsOf(optionRules, options, '')];
    if (problems.length > 0) throw new ValidationError('Definition', problems);
    const { substitutions = {}, targets = [] } = options;
    const block = parse(substitute(text, substitutions));
    const distributedMap = distributedMapIn(block);
    const seconds = secondsOf(block);
    return new StateMachineDefinition(block, {
      targets,
      functions: targets,
      callbackRoles: [],
      statements: [],
      childExecutions: distributedMap !== undefined,
      distributedMap,
      longestStepSeconds: longestStateSeconds(block),
      totalSeconds: seconds,
      leastSeconds: Number.isFinite(seconds) ? seconds : 0,
      timeoutSeconds: block.TimeoutSeconds,
      standardOnlyReason: standardOnlyIn(block),
    });
  }

  /** The definition that steps make. */
  public static fromSteps(chain: IChainable): StateMachineDefinition {
    const steps = everyStep(chain);
    checkUniqueNames(steps);
    const needs = steps.map((step) => ({ ...step.requirements(), step: step.name }));
    const [standardOnlyReason] = needs.flatMap(({ step, standardOnlyReason: rule }) =>
      rule === undefined ? [] : [{ step, rule }],
    );
    const targets = [...new Set(needs.flatMap((each) => each.targets ?? []))];
    const { eventBudget, cost } = withinHistory(chain);
    const block = blockOf(chain, { execution: OWN_EXECUTION, eventBudget });
    const map = steps.find((step) => step.requirements().childExecutions === true);
    for (const step of steps) step.seal();
    return new StateMachineDefinition(block, {
      targets,
      functions: [...new Set([...targets, ...needs.flatMap(({ functions = [] }) => functions)])],
      callbackRoles: [...new Set(needs.flatMap(({ callbackRoles = [] }) => callbackRoles))],
      statements: distinct(needs.flatMap(({ statements = [] }) => statements)),
      childExecutions: needs.some(({ childExecutions }) => childExecutions === true),
      distributedMap: map && {
        name: map.name,
        itemSeconds: Math.max(...map.inner().map((item) => longestPath(item, eventBudget).seconds)),
      },
      longestStepSeconds: Math.max(0, ...needs.map(({ maxSeconds: seconds = 0 }) => seconds)),
      maxSeconds: needs.reduce((sum, { maxSeconds: seconds = 0 }) => sum + seconds, 0),
      totalSeconds: cost.seconds,
      leastSeconds: cost.leastSeconds,
      mostEvents: mostEvents(cost),
      standardOnlyReason,
    });
  }

  private constructor(
    /** The states, as plain data. */
    public readonly states: StatesBlock,
    /** Requirements to the state machine and its role. */
    public readonly requirements: DefinitionRequirements,
  ) {}
}

/** Requirements of a definition to its state machine. */
export interface DefinitionRequirements {
  /** Targets whose jobs it starts. */
  readonly targets: readonly ICancellableTarget[];
  /** All functions of the library that it calls, those of the targets among them. */
  readonly functions: readonly IInvocableFunction[];
  /** Roles of pods that report to it with a task token. */
  readonly callbackRoles: readonly IPodAwsRole[];
  /** Statements for the policy of the execution role. */
  readonly statements: readonly AwsPolicyStatement[];
  /** Whether states run as executions of the same state machine. */
  readonly childExecutions: boolean;
  /** Seconds of the longest of its steps, where that is known. */
  readonly longestStepSeconds?: number;
  /** Seconds of all its steps, one after the other, where that is known. */
  readonly maxSeconds?: number;
  /** Seconds of the longest path with all retries, where that is known. `Infinity` if the number of items is not. */
  readonly totalSeconds?: number;
  /** The same with one item of each Map, and without durations that the input decides. */
  readonly leastSeconds?: number;
  /** The first Distributed Map. */
  readonly distributedMap?: DistributedMap;
  /** Events of the longest history of an execution, where that is known. A loop counts as one pass, a Map as one item. */
  readonly mostEvents?: number;
  /** `TimeoutSeconds` in the text of the definition. */
  readonly timeoutSeconds?: number;
  /** The first step that an Express state machine cannot run, and why. */
  readonly standardOnlyReason?: StandardOnly;
}

type ParsedDefinition = StatesBlock & { readonly TimeoutSeconds?: number };

function parse(text: string): ParsedDefinition {
  const refuse = (rule: string, value: unknown): never => {
    throw new ValidationError('Definition', [{ property: 'definition', value, rule }]);
  };
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return refuse(`be JSON (${(error as Error).message})`, text);
  }
  const block = parsed as Partial<ParsedDefinition> | null;
  if (typeof block?.StartAt !== 'string' || typeof block.States !== 'object' || block.States === null) {
    return refuse('be an object with StartAt and States', text);
  }
  return block as ParsedDefinition;
}

function substitute(text: string, values: Readonly<Record<string, string>>): string {
  const problems: ValidationProblem[] = [];
  const used = new Set<string>();
  // A value is put into a JSON text, so quotation marks in it are escaped; "$${" is a literal "${", as for Terraform.
  const done = text.replace(/\$?\$\{([^}]*)\}/g, (whole, name: string) => {
    if (whole.startsWith('$$')) return whole.slice(1);
    used.add(name);
    if (!Object.hasOwn(values, name)) {
      const fix = `The values are: ${Object.keys(values).join(', ') || 'none'}.`;
      problems.push({ property: 'substitutions', value: name, rule: 'have a value', fix });
      return whole;
    }
    return JSON.stringify(values[name]).slice(1, -1);
  });
  for (const name of Object.keys(values)) {
    if (used.has(name)) continue;
    const rule = 'be a placeholder of the definition';
    problems.push({ property: `substitutions["${name}"]`, value: values[name], rule });
  }
  if (problems.length > 0) throw new ValidationError('Definition', problems);
  return done;
}

/** Removes duplicates, because a policy has a maximum size. */
function distinct(statements: readonly AwsPolicyStatement[]): AwsPolicyStatement[] {
  return [...new Map(statements.map((each) => [JSON.stringify(each), each])).values()];
}

/** State names are unique in the whole state machine. https://states-language.net/spec.html#structure-of-a-state-machine */
function checkUniqueNames(steps: readonly Step[]): void {
  const known = new Map<string, Step>();
  const problems: ValidationProblem[] = [];
  for (const step of steps) {
    const other = known.get(step.name);
    if (other === step) {
      const rule = 'be used once: the step is in several branches';
      problems.push({ property: 'name', value: step.name, rule, fix: 'Create a step for each branch.' });
    } else if (other !== undefined) {
      const rule = 'be unique among the steps of the state machine';
      problems.push({ property: 'name', value: step.name, rule, fix: 'Choose another name.' });
    }
    known.set(step.name, step);
  }
  if (problems.length > 0) throw new ValidationError('Definition', problems);
}
