import { matching, type Rule } from '../core/rules';

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
export const quantity: Rule = matching(
  /^\d+(\.\d+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/,
  'be a quantity, for example "250m" for CPU or "512Mi" for memory',
  (value) =>
    /^\d+ ?[MGK]B$/i.test(value)
      ? `Use "${value.replace(/ ?([MGK])B$/i, (_, unit: string) => `${unit.toUpperCase()}i`)}".`
      : undefined,
);
