/** Prints rows of text under a title, in columns. */
export function print(title, head, rows) {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => String(row[column]).length)));
  const line = (row) =>
    row
      .map((cell, i) => (i === 0 ? String(cell).padEnd(widths[i]) : String(cell).padStart(widths[i])))
      .join('  ');
  console.log(`\n${title}\n${all.map((row) => `  ${line(row).trimEnd()}`).join('\n')}`);
}

export const ms = (value) => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
export const mb = (bytes) => `${(bytes / 2 ** 20).toFixed(0)} MB`;

/** A figure, and whether it keeps to its goal. */
export function against(goal, value, unit = '') {
  return `${value.toFixed(2)}${unit} (goal <= ${goal.toFixed(2)}${unit}: ${value <= goal ? 'met' : 'MISSED'})`;
}
