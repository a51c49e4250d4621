import { dependable, TerraformElement, type TerraformProvider, type TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';

/** Resource and id of an import block. */
export interface ImportBlockProps {
  /** Resource that takes over what exists. */
  readonly to: TerraformResource;
  /** Id of what exists, in the words of the provider. */
  readonly existingId: string;
  /** Provider that reads it; the default provider of the stack if omitted. */
  readonly provider?: TerraformProvider;
}

/**
 * An import block of Terraform (1.5 and newer). `importFrom` of cdktf writes the same, but runs `terraform version`
 * when the app is synthesized, and fails where only Node is installed.
 */
export class ImportBlock extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly block: ImportBlockProps,
  ) {
    super(scope, id);
  }

  public override toTerraform(): object {
    const { to, existingId, provider } = this.block;
    return { import: [{ to: dependable(to), id: existingId, ...(provider && { provider: provider.fqn }) }] };
  }
}
