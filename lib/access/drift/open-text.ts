/** A part of a text that only Terraform knows: `${aws_iam_role.app.arn}`. A literal "${" is written as "$${". */
const OPEN = /(?<!\$)\$\{[^}]*\}/;

/** Whether a text has a part that only Terraform knows. */
export function isOpen(text: string): boolean {
  return OPEN.test(text);
}

/** The text without the escapes of Terraform. */
export function plainText(text: string): string {
  return text.replaceAll('$${', '${').replaceAll('%%{', '%{');
}

/**
 * Whether a text can be an open text after apply. What only Terraform knows is not a pattern: a wildcard in its place is
 * wider than any value.
 */
export function fitsOpen(open: string, text: string): boolean {
  if (!isOpen(open)) return open === text;
  const source = open
    .split(new RegExp(OPEN, 'g'))
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^*?]*');
  return new RegExp(`^${source}$`, 's').test(text);
}
