import type { App } from 'cdktf';
import type { Environment } from './environments';
import { OrchestrationStack } from './orchestration-stack';
import { PlatformStack } from './platform-stack';
import { VertexStack } from './vertex-stack';
import { WorkloadsStack } from './workloads-stack';

/** Adds the four stacks of an environment to the app. */
export function addEnvironment(app: App, environment: Environment): void {
  const { cluster } = new PlatformStack(app, environment);
  const vertex = new VertexStack(app, environment, cluster);
  new WorkloadsStack(app, environment, { cluster, vertex });
  new OrchestrationStack(app, environment, cluster);
}
