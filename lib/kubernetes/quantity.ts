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

const FACTORS: Readonly<Record<string, number>> = {
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** Compares two quantities that are known at synth: negative if the first is less, zero if both are the same amount. */
export function compareQuantities(one: string, other: string): number {
  return amountOf(one) - amountOf(other);
}

function amountOf(quantity: string): number {
  const unit = quantity.replace(/^[\d.]+/, '');
  return Number.parseFloat(quantity) * (FACTORS[unit] ?? 1);
}
