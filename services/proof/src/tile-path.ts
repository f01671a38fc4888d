import { ProofError } from './proof-error.js';

/** A tile of hashes, or a bundle of entries, of a tiled log (C2SP tlog-tiles). */
export interface Tile {
  /** 0 for leaf hashes, up to 7; `entries` for a bundle of entries. */
  readonly level: number | 'entries';
  /** Index within the level. */
  readonly index: bigint;
  /** Hashes or entries in it: 256 where it is full, else 1 to 255. */
  readonly width: number;
}

/** Hashes in a full tile, entries in a full bundle. */
export const tileWidth = 256;

/** Highest level of a tile: enough for a tree of 2^64 leaves. */
export const maxTileLevel = 7;

/** Path of a tile below the log's prefix: `tile/<level>/<index>[.p/<width>]`, index 1234067 as `x001/x234/067`. */
export function tilePath({ level, index, width }: Tile): string {
  return `tile/${level}/${indexPath(index)}${width === tileWidth ? '' : `.p/${width}`}`;
}

/** Reads a path that was received. Throws `TILE_INVALID`, also on a second way to write the same path. */
export function parseTilePath(path: string): Tile {
  const found = /^tile\/([0-7]|entries)\/((?:x[0-9]{3}\/){0,6}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/.exec(
    path,
  );
  const [, level, digits, partial] = found ?? [];
  if (level === undefined || digits === undefined)
    throw new ProofError('TILE_INVALID', 'this is no path of a tile');
  const tile: Tile = {
    level: level === 'entries' ? level : Number(level),
    index: BigInt(digits.replaceAll(/[x/]/g, '')),
    width: partial === undefined ? tileWidth : Number(partial),
  };
  if (tilePath(tile) !== path)
    throw new ProofError('TILE_INVALID', 'this is not the way to write the path of this tile');
  return tile;
}

/**
 * The tiles and bundles that a log has to write when it grows: those of the tree of `after` leaves that the tree of
 * `before` leaves did not have. Empty where the sizes are equal.
 */
export function grownTiles(before: bigint, after: bigint): Tile[] {
  const tiles: Tile[] = [];
  for (const level of [0, 1, 2, 3, 4, 5, 6, 7]) {
    const [from, to] = [before, after].map((size) => size >> BigInt(8 * level)) as [bigint, bigint];
    for (let index = from >> 8n; index << 8n < to; index++) {
      const width = widthOf(index, to);
      if (from < to)
        tiles.push(
          { level, index, width },
          ...(level === 0 ? [{ level: 'entries', index, width } as const] : []),
        );
    }
  }
  return tiles;
}

/** Width of tile `index` in a level of `count` hashes. */
export function widthOf(index: bigint, count: bigint): number {
  const rest = count - (index << 8n);
  return rest >= 256n ? tileWidth : Number(rest);
}

function indexPath(index: bigint): string {
  const digits = index.toString().padStart(Math.ceil(index.toString().length / 3) * 3, '0');
  const parts = digits.match(/.{3}/g) as string[];
  return parts.map((part, i) => (i === parts.length - 1 ? part : `x${part}`)).join('/');
}
