/** Types that the text of a page introduces. */
export const INTRODUCED_TYPES: Readonly<Record<string, string>> = {
  StateBackend: "import('../../stacks/state-backend').StateBackend",
};

/** Values that the text of a page introduces, with their types. */
export const INTRODUCED: Readonly<Record<string, string>> = {
  app: "import('cdktf').App",
  atNight: "import('cdktf-multicloud').ScheduleTrigger",
  books: "import('cdktf-multicloud').WorkloadIdentityBinding",
  bridge: "import('cdktf-multicloud').GoogleServiceAccount",
  bridgeRole: "import('cdktf-multicloud').GkeToAwsRole",
  bucket: "import('@cdktf/provider-google/lib/storage-bucket').StorageBucket",
  covers: "import('cdktf-multicloud').GkeToAwsRole",
  endpoint: "import('cdktf-multicloud').VertexEndpoint",
  googleBetaProvider: "import('@cdktf/provider-google-beta/lib/provider').GoogleBetaProvider",
  myRule: "import('cdktf-multicloud/guardrails').Rule",
  network: "import('cdktf-multicloud').GkeNetwork",
  nodes: "import('cdktf-multicloud').GoogleServiceAccount",
  orchestrator: "import('cdktf-multicloud').StepFunctionsOrchestrator",
  password: "import('@cdktf/provider-google/lib/secret-manager-secret').SecretManagerSecret",
  pipeline: "import('cdktf').TerraformStack",
  platform: "import('cdktf').TerraformStack",
  service: "import('cdktf-multicloud').Workload",
  target: "import('cdktf-multicloud').GkeJobTarget",
  topic: "import('@cdktf/provider-aws/lib/sns-topic').SnsTopic",
  trainer: "import('cdktf-multicloud').WorkloadIdentityBinding",
  training: "import('cdktf-multicloud').VertexTrainingIdentity",
  workloads: "import('cdktf').TerraformStack",
};
