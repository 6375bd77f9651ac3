/**
 * Rows as aligned columns for a terminal.
 *
 * @param width characters of a line, which is cut there @default 160
 * @param numbers whether all columns but the first are aligned to the right @default false
 */
export function table(
  rows: readonly (readonly (string | number)[])[],
  { width = 160, numbers = false }: { width?: number; numbers?: boolean } = {},
): string {
  const texts = rows.map((row) => row.map(String));
  const widths = (texts[0] ?? []).map((_, column) => Math.max(...texts.map((row) => row[column]?.length ?? 0)));
  return texts
    .map((row) =>
      row
        .map((cell, column) => cell[numbers && column > 0 ? 'padStart' : 'padEnd'](widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => (line.length > width ? `${line.slice(0, width - 1)}…` : line))
    .join('\n');
}
