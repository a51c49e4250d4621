import { ProjectIamAuditConfig } from '@cdktf/provider-google/lib/project-iam-audit-config';
import { Lazy, type TerraformProvider } from 'cdktf';
import { type Construct, type IConstruct } from 'constructs';

/** Kinds of data access that can be logged. */
export type AuditLogType = 'ADMIN_READ' | 'DATA_READ' | 'DATA_WRITE';

const owners = new WeakMap<IConstruct, Map<string, Set<AuditLogType>>>();

const trails = new WeakMap<IConstruct, Set<string>>();

/** Whether a trail of this name is the first of the app in that project; remembers it. */
export function isFirstTrail(scope: Construct, projectId: string, name: string): boolean {
  const app = scope.node.root;
  let names = trails.get(app);
  if (!names) trails.set(app, (names = new Set()));
  const key = `${projectId} ${name}`;
  if (names.has(key)) return false;
  names.add(key);
  return true;
}

/**
 * Switches on audit logs of a service in a project. The resource is authoritative for its service: two of them
 * would undo each other at every apply. So the first that asks makes it, and later ones add to it, in whichever
 * stack of the app they are.
 */
export function switchOn(
  scope: Construct,
  projectId: string,
  service: string,
  logTypes: readonly AuditLogType[],
  provider?: TerraformProvider,
): void {
  const app = scope.node.root;
  let configs = owners.get(app);
  if (!configs) owners.set(app, (configs = new Map()));
  const key = `${projectId} ${service}`;
  const asked = configs.get(key);
  if (asked) {
    for (const logType of logTypes) asked.add(logType);
    return;
  }
  const all = new Set(logTypes);
  configs.set(key, all);
  new ProjectIamAuditConfig(scope, `logs-of-${service}`, {
    project: projectId,
    service,
    // A lazy value reaches Terraform as it is, so this is in its own words.
    auditLogConfig: Lazy.anyValue({ produce: () => [...all].sort().map((log_type) => ({ log_type })) }),
    provider,
  });
}
