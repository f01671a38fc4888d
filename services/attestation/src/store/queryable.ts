/** What can run a statement: the pool, or the connection of a transaction. */
export interface Queryable {
  query(
    text: string,
    values?: unknown[],
  ): Promise<{ rows: Record<string, unknown>[]; rowCount: number | null }>;
}

/** The only row of an answer, or undefined where it has none. */
export async function queryRow(
  on: Queryable,
  text: string,
  values: unknown[],
): Promise<Record<string, unknown> | undefined> {
  return (await on.query(text, values)).rows[0];
}

/** A bigint column, which the driver may give as text. */
export function toBigInt(value: unknown): bigint {
  return BigInt(value as string | number | bigint);
}

/** A bytes column, copied out of the driver's buffer. */
export function toBytes(value: unknown): Uint8Array {
  return new Uint8Array(value as Uint8Array);
}

/** A column that may be null. */
export function optional<T>(value: unknown, convert: (value: unknown) => T): T | undefined {
  return value === null || value === undefined ? undefined : convert(value);
}
