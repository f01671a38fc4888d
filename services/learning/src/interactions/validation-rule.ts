import type { Json, JsonObject } from '@isthmus/proof';

/**
 * What programs hold back of the committed records to validate by, as the split of the data says it under `validation`:
 *
 * - `last-event`: of every record with two target events or more the last one; with `firstOnly` the last one whose item
 *   the record had not had before. Nothing from it on is learnt from.
 * - `later-part`: of the records in `records` everything from `floor(share n)` on; nothing of them is learnt from.
 * - `target-domain`: of the records in `records` all target events; the others are known and learnt from.
 *
 * `records` is a bitmap in base64, the lowest bit of the first byte for record 0.
 */
export type ValidationRule =
  | { readonly rule: 'last-event'; readonly firstOnly: boolean }
  | { readonly rule: 'later-part'; readonly share: number; readonly records: string }
  | { readonly rule: 'target-domain'; readonly records: string };

/** The rule in the split of a description; undefined where it has none. Throws an Error where it is malformed. */
export function validationRuleOf(split: JsonObject): ValidationRule | undefined {
  const json = split.validation;
  if (json === undefined) return undefined;
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw malformed(json);
  const { rule, firstOnly, share, records } = json as JsonObject;
  if (rule === 'last-event' && typeof firstOnly === 'boolean') return { rule, firstOnly };
  if (typeof records !== 'string') throw malformed(json);
  if (rule === 'target-domain') return { rule, records };
  if (rule === 'later-part' && typeof share === 'number' && share > 0 && share < 1)
    return { rule, share, records };
  throw malformed(json);
}

/** A bitmap of `size` bits in base64 with those of the given records set. */
export function encodeRecordBitmap(records: Iterable<number>, size: number): string {
  const bytes = new Uint8Array(Math.ceil(size / 8));
  for (const record of records) bytes[record >>> 3]! |= 1 << (record & 7);
  return Buffer.from(bytes).toString('base64');
}

/** Whether a record is in a bitmap of {@link encodeRecordBitmap}. */
export function recordBitmap(base64: string): (record: number) => boolean {
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
  return (record) => ((bytes[record >>> 3] ?? 0) & (1 << (record & 7))) !== 0;
}

function malformed(json: Json): Error {
  return new Error(`the split has a validation rule that is not understood: ${JSON.stringify(json)}`);
}
