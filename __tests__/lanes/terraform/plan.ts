/** What the tests read of `terraform show -json`. */
export interface Plan {
  readonly configuration: {
    readonly root_module: {
      readonly outputs?: Readonly<Record<string, unknown>>;
      readonly resources?: readonly ConfiguredResource[];
    };
  };
  readonly resource_changes?: readonly ResourceChange[];
}

export interface ConfiguredResource {
  readonly address: string;
  readonly type: string;
  readonly depends_on?: readonly string[];
}

export interface ResourceChange {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
    readonly importing?: { readonly id: string };
  };
}

/** Changes of resources, without what is only read. */
export function changesIn(plan: Plan): readonly ResourceChange[] {
  return (plan.resource_changes ?? []).filter(({ mode }) => mode === 'managed');
}

/** Names of the arguments that a change alters. */
export function alteredBy({ change: { before, after } }: ResourceChange): string[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names].filter((name) => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name])).sort();
}
