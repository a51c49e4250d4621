import { ProjectIamAuditConfig } from '@cdktf/provider-google/lib/project-iam-audit-config';
import { Lazy, TerraformStack, Token, type TerraformProvider } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { resolveTokens, stableHash } from '../core/names';
import { dependenciesWithin, type AwaitedResource } from '../core/ordering';
import { shareProvider } from '../core/shared-provider';
import { oncePer } from '../core/registry';

/** Kinds of data access that Cloud Audit Logs can record. */
export type AuditLogType = 'ADMIN_READ' | 'DATA_READ' | 'DATA_WRITE';

/** Log types that the callers in one stack need for one service. */
interface AuditConfig {
  readonly projectKey: string;
  readonly logTypes: Set<AuditLogType>;
  readonly resource: ProjectIamAuditConfig;
}

/**
 * Audit configuration of the projects of one stack. `google_project_iam_audit_config` is authoritative for its
 * service: two resources for one service replace each other at every apply. Callers of one stack therefore share one
 * resource per project and service, and `otherOwners` finds the stacks that would replace it.
 */
export class AuditConfigs extends Construct {
  /**
   * The one instance of the stack.
   * @param scope any construct of the stack
   */
  public static of(scope: IConstruct): AuditConfigs {
    const stack = TerraformStack.of(scope);
    return oncePer(stack, 'audit-configs', () => new AuditConfigs(stack, 'audit-configs'));
  }

  private readonly configs = new Map<string, AuditConfig>();

  private constructor(scope: Construct, id: string) {
    super(scope, id);
    this.all().add(this);
  }

  /** Enables log types of a service in a project, in addition to those that other callers enabled. */
  public enable(
    projectId: string,
    service: string,
    logTypes: readonly AuditLogType[],
    provider?: TerraformProvider,
  ): void {
    const projectKey = this.keyOf(projectId);
    const id = `${Token.isUnresolved(projectId) ? stableHash(projectKey) : projectId}-${service}`;
    const config = this.configs.get(id) ?? this.addConfig(id, projectId, projectKey, service, provider);
    shareProvider(config.resource, provider);
    for (const logType of logTypes) config.logTypes.add(logType);
  }

  /** Resources of a project that exist before its data access logs are complete. */
  public dependenciesIn(scope: IConstruct, projectId: string): AwaitedResource[] {
    return dependenciesWithin(
      scope,
      this.ofProject(this.keyOf(projectId)).map(({ resource }) => resource),
    );
  }

  /** Paths of the other stacks of the app that configure the same project, sorted. */
  public otherOwners(projectId: string): string[] {
    const key = this.keyOf(projectId);
    return [...this.all()]
      .filter((other) => other !== this && other.ofProject(key).length > 0)
      .map((other) => TerraformStack.of(other).node.path)
      .sort();
  }

  private all(): Set<AuditConfigs> {
    return oncePer(this.node.root, 'audit-configs', () => new Set<AuditConfigs>());
  }

  private ofProject(key: string): AuditConfig[] {
    return [...this.configs.values()].filter(({ projectKey }) => projectKey === key);
  }

  /** A token has a meaning in its own stack only, so it equals no value of another stack. */
  private keyOf(projectId: string): string {
    if (!Token.isUnresolved(projectId)) return projectId;
    return JSON.stringify([this.node.path, resolveTokens(this, [projectId])]);
  }

  private addConfig(
    id: string,
    project: string,
    projectKey: string,
    service: string,
    provider?: TerraformProvider,
  ): AuditConfig {
    const logTypes = new Set<AuditLogType>();
    const resource = new ProjectIamAuditConfig(this, id, {
      project,
      service,
      // cdktf does not convert the names of a lazy value, so the attribute has its Terraform name.
      auditLogConfig: Lazy.anyValue({
        produce: () => [...logTypes].sort().map((log_type) => ({ log_type })),
      }),
      provider,
    });
    const config = { projectKey, logTypes, resource };
    this.configs.set(id, config);
    return config;
  }
}
