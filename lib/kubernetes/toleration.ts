import { list, oneOf, optional, shape, string, type Report, type Rule } from '../core/rules';
import { labelKey, labelValue } from './names';

/** Toleration of a taint. https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
export interface Toleration {
  /** Key of the taint. */
  readonly key: string;
  /**
   * Comparison: `Equal` with `value`, or `Exists` for every value.
   * @default Equal
   */
  readonly operator?: 'Equal' | 'Exists';
  /**
   * Value of the taint.
   * @default - the empty value
   */
  readonly value?: string;
  /**
   * Effect of the taint.
   * @default - all effects
   */
  readonly effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

/** Tolerations of a pod. */
export const tolerations: Rule = list(
  shape<Toleration>({
    key: labelKey,
    operator: optional(oneOf(['Equal', 'Exists'])),
    value: optional(string(labelValue)),
    effect: optional(oneOf(['NoSchedule', 'PreferNoSchedule', 'NoExecute'])),
  }),
);

/** Cross-property validation: the API server rejects a value beside `Exists`. */
export function checkTolerations(given: readonly Toleration[] | undefined, report: Report): void {
  given?.forEach(({ operator, value }, index) => {
    if (operator !== 'Exists' || value === undefined || value === '') return;
    const property = `tolerations[${index}].value`;
    report({
      property,
      value,
      rule: 'be omitted when operator is "Exists"',
      fix: 'Omit it, or use "Equal".',
    });
  });
}
