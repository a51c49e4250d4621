import type { Configuration } from '../../synth';

type Body = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- any JSON

/** Access to the resources of a configuration that is changed. */
export class Editor {
  public constructor(public readonly configuration: Configuration) {}

  /** The resource of a type whose name starts so. */
  public find(type: string, name: string): Body {
    const all = this.configuration.resource?.[type] ?? {};
    const [found] = Object.entries(all).filter(([key]) => key.startsWith(name));
    if (found === undefined) throw new Error(`The example has no ${type}.${name}.`);
    return found[1] as Body;
  }

  public add(type: string, body: Body): void {
    const all = this.configuration.resource as Record<string, Body>;
    all[type] = { ...all[type], planted: body };
  }

  /** Changes the first statement of a policy. */
  public statement(type: string, name: string, property: string, change: (statement: Body) => void): void {
    this.statements(type, name, property, ([first]) => change(first!));
  }

  public addStatement(type: string, name: string, property: string, statement: Body): void {
    this.statements(type, name, property, (all) => all.push(statement));
  }

  private statements(type: string, name: string, property: string, change: (all: Body[]) => void): void {
    const body = this.find(type, name);
    const document = JSON.parse(String(body[property])) as { Statement: Body[] };
    change(document.Statement);
    body[property] = JSON.stringify(document);
  }

  public get machine() {
    return this.find('aws_sfn_state_machine', 'nightly_state-machine');
  }
  public get lambda() {
    return this.find('aws_lambda_function', 'etl_functions_submit');
  }
  public get provider() {
    return this.find('google_iam_workload_identity_pool_provider', 'federation');
  }
  public get impersonation() {
    return this.find('google_service_account_iam_member', 'etl_identity');
  }
  public get role() {
    return this.find('kubernetes_role_v1', 'etl');
  }
  public get binding() {
    return this.find('kubernetes_role_binding_v1', 'etl');
  }
  public get bucket() {
    return this.find('google_storage_bucket_iam_member', 'identity');
  }
  public get account() {
    return this.find('kubernetes_service_account_v1', 'identity');
  }
  public network(name: string) {
    return this.find('kubernetes_network_policy_v1', `namespace_${name}`);
  }
  public removeNetwork(name: string): void {
    const all = this.configuration.resource!.kubernetes_network_policy_v1! as Record<string, Body>;
    for (const key of Object.keys(all)) if (key.startsWith(`namespace_${name}`)) delete all[key];
  }
  public trust(name: string, change: (statement: Body) => void): void {
    this.statement('aws_iam_role', name, 'assume_role_policy', change);
  }
  public machinePolicy(change: (statement: Body) => void): void {
    this.statement('aws_iam_role_policy', 'nightly_policy', 'policy', change);
  }
  public get validations(): Body[] {
    return this.find('kubernetes_manifest', 'etl_admission-policy_').manifest.spec.validations as Body[];
  }
}
