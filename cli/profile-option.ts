import { Option } from 'commander';

/** Option with the kind of environment, on which the severity of some rules depends. */
export function profileOption(): Option {
  return new Option('--profile <profile>', 'kind of environment')
    .choices(['dev', 'staging', 'prod'])
    .default('prod');
}
