/** Key of an instance: `[0]` or `["a.b"]`. */
const KEY = /\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g;

/** Address in the configuration: without the keys of instances, also those of modules. */
export function configurationAddress(address: string): string {
  return address.includes('[') ? address.replaceAll(KEY, '') : address;
}

/** Address of an object of a module: `module.network.aws_vpc.main`. */
export function addressIn(module: string, address: string): string {
  return module === '' ? address : `${module}.${address}`;
}
