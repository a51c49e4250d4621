import { GcsBackend, LocalBackend, S3Backend, type TerraformStack } from 'cdktf';

/** Backend of the Terraform state of an environment. Both remote kinds lock the state during a write. */
export type StateBackend =
  | { readonly kind: 'local' }
  | { readonly kind: 'gcs'; readonly bucket: string }
  | { readonly kind: 's3'; readonly bucket: string; readonly region: string };

/** Gives a stack its state, named after the stack. */
export function addBackend(stack: TerraformStack, backend: StateBackend): void {
  const name = stack.node.id;
  switch (backend.kind) {
    case 'gcs':
      new GcsBackend(stack, { bucket: backend.bucket, prefix: name });
      return;
    case 's3':
      new S3Backend(stack, {
        bucket: backend.bucket,
        key: `${name}/terraform.tfstate`,
        region: backend.region,
        encrypt: true,
      });
      // Locking in the bucket itself; newer than this version of cdktf.
      stack.addOverride('terraform.backend.s3.use_lockfile', true);
      return;
    case 'local':
      // Terraform runs in cdktf.out/stacks/NAME, which may be thrown away; the state may not.
      new LocalBackend(stack, { path: `../../../terraform.${name}.tfstate` });
  }
}
