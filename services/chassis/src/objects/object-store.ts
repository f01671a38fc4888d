/**
 * Content-addressed objects: model files, training states, records, bundles. The key of an object is the SHA-256 of its
 * bytes, 64 lower-case hexadecimal digits, so an object never changes and storing it twice is storing it once.
 */
export interface ObjectStore {
  /** Stores bytes durably and returns their SHA-256. */
  put(bytes: Uint8Array): Promise<string>;
  /**
   * Stores what arrives in chunks, under a digest that was announced. Nothing becomes visible unless it fits.
   * @param expectedSha256 announced digest
   * @param limitBytes most bytes to accept
   * @returns size in bytes
   * @throws OBJECT_DIGEST_MISMATCH where the bytes have another digest, MESSAGE_TOO_LARGE beyond the limit
   */
  putStream(expectedSha256: string, chunks: AsyncIterable<Uint8Array>, limitBytes: number): Promise<number>;
  /**
   * The bytes of an object, checked against its digest.
   * @throws OBJECT_NOT_FOUND; OBJECT_DIGEST_MISMATCH where the stored bytes were damaged
   */
  get(sha256: string): Promise<Uint8Array>;
  /** Whether the object is stored. */
  has(sha256: string): Promise<boolean>;
  /** Size of an object in bytes. Throws OBJECT_NOT_FOUND. */
  size(sha256: string): Promise<number>;
  /** Removes an object; does nothing where there is none. */
  delete(sha256: string): Promise<void>;
}
