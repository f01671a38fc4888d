import type { ResultCell, ResultFile, ResultReport, ResultRow } from './result-file.js';

/** The page of a results file: title, how it was made, notes, table of rows, table of measured bars. Markdown. */
export function renderResults(report: ResultReport, file: ResultFile): string {
  const seeds = file.seeds.length > 0 ? file.seeds.join(', ') : 'none';
  const parts = [
    `# ${report.title}`,
    `Written by \`${file.command}\` on ${file.date} at commit \`${file.commit}\`; seeds: ${seeds}.`,
    `Machine: ${file.machine}; Node ${file.node}. Change nothing here by hand: run the command again.`,
    ...(report.notes ?? []),
  ];
  if (report.tables !== undefined)
    for (const { title, rows } of report.tables) parts.push(`## ${title}`, table(rows));
  else if (file.rows.length > 0) parts.push(table(file.rows));
  const measured = Object.entries(file.measured).map(([id, value]) => ({ bar: id, measured: value }));
  if (measured.length > 0) parts.push('## Measured against the bars', table(measured));
  return `${parts.join('\n\n')}\n`;
}

function table(rows: readonly ResultRow[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(columns),
    line(columns.map((column) => (rows.some((row) => typeof row[column] === 'number') ? '---:' : '---'))),
    ...rows.map((row) => line(columns.map((column) => cell(row[column])))),
  ].join('\n');
}

/** Whole numbers as they are, others with four significant digits, a bar in the text escaped. */
function cell(value: ResultCell | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number')
    return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
  return String(value).replaceAll('|', '\\|');
}
