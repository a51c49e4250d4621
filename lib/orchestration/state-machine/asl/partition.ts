import type { AwsPolicyStatement } from '../../../aws/policy-statement';
import type { State } from './states';

/** ARNs without account and region. Steps and definitions in text form write them for the partition `aws`. */
const WITHOUT_ACCOUNT = /^arn:aws:(states|s3):::/;

/**
 * States whose service integrations are those of a partition. Step Functions rejects an integration of another
 * partition. Only `Resource` names an integration, so that the data of the states stay as they are.
 */
export function statesIn(
  partition: string,
  states: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return mapValues(states, (state) => stateIn(partition, state as State));
}

/** Statements whose S3 resources are those of a partition. */
export function statementsIn(
  partition: string,
  statements: readonly AwsPolicyStatement[],
): AwsPolicyStatement[] {
  return statements.map((each) => ({
    ...each,
    resources: each.resources.map((arn) => arnIn(partition, arn)),
  }));
}

function stateIn(partition: string, state: State): State {
  return mapValues(state, (value, key) => {
    switch (key) {
      case 'Resource':
        return typeof value === 'string' ? arnIn(partition, value) : value;
      case 'ItemReader':
      case 'ResultWriter':
        return stateIn(partition, value as State);
      case 'Branches':
        return (value as State[]).map((block) => blockIn(partition, block));
      case 'ItemProcessor':
      case 'Iterator':
        return blockIn(partition, value as State);
      default:
        return value;
    }
  });
}

function blockIn(partition: string, block: State): State {
  return { ...block, States: statesIn(partition, block.States as State) };
}

function arnIn(partition: string, arn: string): string {
  return arn.replace(WITHOUT_ACCOUNT, `arn:${partition}:$1:::`);
}

function mapValues(values: State, change: (value: unknown, key: string) => unknown): State {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value, key)]));
}
