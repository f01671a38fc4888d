import { merkleRoot, type TreeNode } from './compact-tree.js';
import { hashSizeBytes } from './hash.js';
import { maxLogEntryBytes } from './log-entry.js';
import type { HashReader } from './merkle-proof.js';
import { ProofError } from './proof-error.js';
import { type Tile, tileWidth, widthOf } from './tile-path.js';

/** The content of a tile of hashes: the hashes one after the other. Only for a tile whose level is a number. */
export async function tileContent(tile: Tile, read: HashReader): Promise<Uint8Array> {
  if (tile.level === 'entries') throw new ProofError('TILE_INVALID', 'a bundle of entries has no hashes');
  const { level, index, width } = tile;
  const nodes: TreeNode[] = Array.from({ length: width }, (_, i) => ({
    level: level * 8,
    index: index * 256n + BigInt(i),
  }));
  return new Uint8Array(Buffer.concat(await read(nodes)));
}

/** The hashes of a tile that was received. Throws `TILE_INVALID` where there are not `width` of them. */
export function parseTile(content: Uint8Array, width: number): Uint8Array[] {
  if (content.length !== width * hashSizeBytes) {
    throw new ProofError('TILE_INVALID', `a tile of ${width} hashes has ${width * hashSizeBytes} bytes`);
  }
  return Array.from({ length: width }, (_, i) =>
    content.subarray(i * hashSizeBytes, (i + 1) * hashSizeBytes),
  );
}

/** A bundle of entries: each after its size as a big-endian u16. Throws `TILE_INVALID` on one that is too large. */
export function encodeEntryBundle(entries: readonly Uint8Array[]): Uint8Array {
  const parts = entries.flatMap((entry) => {
    if (entry.length > maxLogEntryBytes)
      throw new ProofError('TILE_INVALID', 'an entry exceeds 65,535 bytes');
    return [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry];
  });
  return new Uint8Array(Buffer.concat(parts));
}

/** The entries of a bundle that was received. Throws `TILE_INVALID` where there are not `width` of them. */
export function parseEntryBundle(bundle: Uint8Array, width: number): Uint8Array[] {
  const entries: Uint8Array[] = [];
  let offset = 0;
  while (offset < bundle.length && entries.length < width) {
    const size = ((bundle[offset] ?? 0) << 8) | (bundle[offset + 1] ?? 0);
    if (offset + 2 + size > bundle.length)
      throw new ProofError('TILE_INVALID', 'the bundle ends inside an entry');
    entries.push(bundle.subarray(offset + 2, offset + 2 + size));
    offset += 2 + size;
  }
  if (offset !== bundle.length || entries.length !== width) {
    throw new ProofError('TILE_INVALID', `expected ${width} entries and nothing else`);
  }
  return entries;
}

/**
 * A reader over the tiles of a tree of `size` leaves, each fetched once. What it returns is not checked against a root:
 * proofs made from it are verified by whoever receives them.
 */
export function tileHashReader(size: bigint, fetchTile: (tile: Tile) => Promise<Uint8Array>): HashReader {
  const fetched = new Map<string, Promise<Uint8Array[]>>();
  const hashesOf = (level: number, index: bigint): Promise<Uint8Array[]> => {
    const key = `${level}/${index}`;
    const known = fetched.get(key);
    if (known !== undefined) return known;
    const width = widthOf(index, size >> BigInt(8 * level));
    const loading = fetchTile({ level, index, width }).then((content) => parseTile(content, width));
    fetched.set(key, loading);
    return loading;
  };
  return (nodes) =>
    Promise.all(
      nodes.map(async ({ level, index }) => {
        // The subtree's hashes at the next lower level that tiles hold: 2^(level mod 8) of them, side by side in one tile.
        const tileLevel = Math.floor(level / 8);
        const count = 1 << (level % 8);
        const first = index * BigInt(count);
        if ((index + 1n) << BigInt(level) > size) {
          throw new ProofError('TILE_INVALID', `the subtree ${level}/${index} is not in a tree of ${size}`);
        }
        const hashes = await hashesOf(tileLevel, first / BigInt(tileWidth));
        const offset = Number(first % BigInt(tileWidth));
        return merkleRoot(hashes.slice(offset, offset + count));
      }),
    );
}
