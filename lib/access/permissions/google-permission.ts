/** A permission of a deny policy as roles have it: `storage.objects.get` for `storage.googleapis.com/objects.get`. */
export function roleForm(permission: string): string {
  return permission.replace(/^([a-z]+)\.googleapis\.com\//, '$1.');
}
