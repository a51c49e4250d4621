import { matching, type Rule } from '../core/rules';

/** https://pkg.go.dev/github.com/distribution/reference */
export const imageReference: Rule = matching(
  /^[a-z0-9][a-z0-9._:/-]*[a-z0-9](:[\w][\w.-]{0,127})?(@sha256:[a-f0-9]{64})?$/,
  'be an image with a digest, REPOSITORY@sha256:DIGEST, in lower case, with 64 hexadecimal digits',
);

/** Whether what runs is what was reviewed. */
export function isByDigest(image: string): boolean {
  return /@sha256:[a-f0-9]{64}$/.test(image);
}
