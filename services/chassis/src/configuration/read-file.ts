import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { isMap, isScalar, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import type { SourceReading } from './assignment.js';

/**
 * Reads a YAML file of nested options. `isGroup` says whether a path is a group of options rather than an option.
 */
export function readFile(file: string, isGroup: (path: string) => boolean): SourceReading {
  const reading: SourceReading = { assignments: [], problems: [] };
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    reading.problems.push(`file ${file}: ${(error as Error).message}. Check the path given with --config.`);
    return reading;
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: true });
  for (const error of document.errors) reading.problems.push(`file ${file}: ${error.message.trimEnd()}`);
  if (document.errors.length > 0 || document.contents === null) return reading;
  if (!isMap(document.contents)) {
    reading.problems.push(
      `file ${file}: the top must be a map of options, for example "server: { address: 127.0.0.1:7401 }".`,
    );
    return reading;
  }
  collect(document.contents, '');
  return reading;

  function collect(map: YAMLMap, prefix: string): void {
    for (const { key, value } of map.items) {
      const name = isScalar(key) ? String(key.value) : String(key);
      const path = prefix + name;
      const offset = isScalar(key) ? (key.range?.[0] ?? 0) : 0;
      const where = `file ${basename(file)}:${lines.linePos(offset).line}`;
      if (isMap(value) && (isGroup(path) || prefix === '')) collect(value, `${path}.`);
      else reading.assignments.push({ path, value: toPlain(value), text: false, where });
    }
  }

  function toPlain(node: unknown): unknown {
    return node !== null && typeof node === 'object' && 'toJS' in node
      ? (node as { toJS(document: unknown): unknown }).toJS(document)
      : node;
  }
}
