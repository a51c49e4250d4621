/** Domain of a dense order, such as numbers: the points, and one value between, below and above them. */
export function denseSamples(points: readonly number[], step: number): readonly number[] {
  const sorted = [...new Set(points)].sort((a, b) => a - b);
  const [least, greatest] = [sorted[0] ?? 0, sorted[sorted.length - 1] ?? 0];
  const between = sorted.slice(1).map((point, index) => middle(sorted[index] ?? point, point));
  return [...sorted, ...between, greatest + step, least - step];
}

/** A value between two: a whole one if there is one. */
function middle(low: number, high: number): number {
  const whole = Math.floor((low + high) / 2);
  return whole > low ? whole : (low + high) / 2;
}
