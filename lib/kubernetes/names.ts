import { matching, rule, string, type Rule } from '../core/rules';

const lowerCase = (value: string) => {
  const lower = value
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return lower !== '' && lower.length <= 63 ? `Use "${lower}".` : undefined;
};

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
export const dnsLabel: Rule = matching(
  /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
  'be a DNS label: 1 to 63 lower-case letters, digits and hyphens, starting and ending with a letter or digit',
  lowerCase,
);

/** A DNS label that starts with a letter, as names of Services must. */
export const serviceName: Rule = matching(
  /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
  'have 1 to 63 lower-case letters, digits and hyphens, start with a letter and end with a letter or digit',
  lowerCase,
);

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names */
const subdomain = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Name of a Kubernetes service account that may be given an identity: any but `default`. */
export const serviceAccountName: Rule = string(
  rule(
    'be a DNS subdomain of at most 253 lower-case letters, digits, hyphens and dots',
    (value) => subdomain.test(value as string),
    (value) => lowerCase(value as string),
  ),
  rule(
    'not be "default", the service account of every pod that names none',
    (value) => value !== 'default',
    () => 'Use a dedicated account, for example "reader".',
  ),
);

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const labelPart = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

const qualifiedName = (value: unknown): boolean => {
  const [first = '', second, ...others] = (value as string).split('/');
  if (second === undefined) return labelPart.test(first);
  return others.length === 0 && subdomain.test(first) && labelPart.test(second);
};

/** Key of a Kubernetes label or annotation. */
export const labelKey: Rule = string(
  rule(
    'be a label or annotation key: 1 to 63 letters, digits, "-", "_" and ".", starting and ending with a letter or digit, after an optional DNS subdomain and "/"',
    qualifiedName,
  ),
);

/** Value of a Kubernetes label. */
export const labelValue: Rule = string(
  rule(
    'be empty or have at most 63 letters, digits, "-", "_" and ".", and start and end with a letter or digit',
    (value) => value === '' || labelPart.test(value as string),
  ),
);
