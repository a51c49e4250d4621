import type { TerraformStack } from 'cdktf';
import { resource, type Json } from '../../synth';

export const settings = (stack: TerraformStack) =>
  JSON.parse(String(resource(stack, 'aws_lambda_function').environment!.variables!.GATE_READING)) as Json;
