import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toHex } from './bytes.js';
import { CompactTree } from './compact-tree.js';
import { sha256 } from './hash.js';
import { MemoryHashes } from './memory-hashes.js';
import {
  consistencyProof,
  inclusionProof,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from './merkle-proof.js';
import { grownTiles, parseTilePath, type Tile, tilePath } from './tile-path.js';
import { encodeEntryBundle, parseEntryBundle, parseTile, tileContent, tileHashReader } from './tiles.js';

const failing = (code: string): unknown => expect.objectContaining({ code });

describe('tilePath', () => {
  it.each<[Tile, string]>([
    [{ level: 0, index: 0n, width: 256 }, 'tile/0/000'],
    [{ level: 0, index: 1234067n, width: 256 }, 'tile/0/x001/x234/067'],
    [{ level: 3, index: 999n, width: 1 }, 'tile/3/999.p/1'],
    [{ level: 'entries', index: 1000n, width: 255 }, 'tile/entries/x001/000.p/255'],
  ])('writes %j as %s', (tile, path) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  it.each([
    'tile/8/000',
    'tile/00/000',
    'tile/0/00',
    'tile/0/0000',
    'tile/0/x000/067',
    'tile/0/001/067',
    'tile/0/000.p/256',
    'tile/0/000.p/0',
    'tile/0/000.p/01',
    'tile/0/../000',
    '/tile/0/000',
    'tile/0/000/',
    'tile/entries/',
    '',
  ])('refuses %j', (path) => {
    expect(() => parseTilePath(path)).toThrow(failing('TILE_INVALID'));
  });
});

describe('grownTiles', () => {
  it('names the tiles of the specification for a tree of 70,000', () => {
    const tiles = grownTiles(0n, 70_000n);
    const count = (level: Tile['level'], full: boolean): number =>
      tiles.filter((tile) => tile.level === level && (tile.width === 256) === full).length;
    expect([
      count(0, true),
      count(0, false),
      count(1, true),
      count(1, false),
      count(2, true),
      count(2, false),
    ]).toEqual([273, 1, 1, 1, 0, 1]);
    expect(tiles.filter(({ width }) => width < 256).map(({ level, width }) => [level, width])).toEqual([
      [0, 112],
      ['entries', 112],
      [1, 17],
      [2, 1],
    ]);
  });

  it.each<[bigint, bigint, string[]]>([
    [0n, 0n, []],
    [5n, 5n, []],
    [0n, 1n, ['tile/0/000.p/1', 'tile/entries/000.p/1']],
    [255n, 256n, ['tile/0/000', 'tile/entries/000', 'tile/1/000.p/1']],
    [256n, 257n, ['tile/0/001.p/1', 'tile/entries/001.p/1']],
    [
      250n,
      260n,
      ['tile/0/000', 'tile/entries/000', 'tile/0/001.p/4', 'tile/entries/001.p/4', 'tile/1/000.p/1'],
    ],
  ])('from %d to %d leaves are %j', (before, after, paths) => {
    expect(grownTiles(before, after).map(tilePath)).toEqual(paths);
  });
});

describe('tileHashReader', () => {
  it('gives proofs and roots from tiles alone', async () => {
    const tree = new CompactTree();
    const memory = new MemoryHashes();
    const tiles = new Map<string, Uint8Array>();
    const fetchTile = async (tile: Tile): Promise<Uint8Array> => tiles.get(tilePath(tile)) as Uint8Array;
    const leaves = Array.from({ length: 700 }, (_, i) => sha256(Buffer.from(`${i}`)));
    let written = 0n;
    for (const size of [1, 200, 256, 300, 513, 700]) {
      while (tree.size < BigInt(size)) memory.add(tree.append(leaves[Number(tree.size)] as Uint8Array));
      for (const tile of grownTiles(written, tree.size)) {
        if (tile.level !== 'entries') tiles.set(tilePath(tile), await tileContent(tile, memory.read));
      }
      const read = tileHashReader(tree.size, fetchTile);
      const root = await treeRoot(tree.size, read);
      expect(toHex(root)).toBe(toHex(tree.root()));
      for (const index of [0, size >> 1, size - 1]) {
        const proof = await inclusionProof(BigInt(index), tree.size, read);
        verifyInclusion(leaves[index] as Uint8Array, BigInt(index), tree.size, proof, root);
      }
      if (written > 0n) {
        const proof = await consistencyProof(written, tree.size, read);
        verifyConsistency(written, tree.size, proof, await treeRoot(written, memory.read), root);
      }
      written = tree.size;
    }
  });

  it('refuses a tile of another size and a subtree beyond the tree', async () => {
    const read = tileHashReader(3n, async () => new Uint8Array(64));
    await expect((async () => read([{ level: 0, index: 0n }]))()).rejects.toEqual(failing('TILE_INVALID'));
    await expect((async () => read([{ level: 1, index: 1n }]))()).rejects.toEqual(failing('TILE_INVALID'));
    expect(() => parseTile(new Uint8Array(31), 1)).toThrow(failing('TILE_INVALID'));
    await expect(tileContent({ level: 'entries', index: 0n, width: 1 }, () => [])).rejects.toEqual(
      failing('TILE_INVALID'),
    );
  });
});

describe('encodeEntryBundle', () => {
  it('writes big-endian sizes and is read back', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 6 }), (entries) => {
        const bundle = encodeEntryBundle(entries);
        expect(parseEntryBundle(bundle, entries.length).map(toHex)).toEqual(entries.map(toHex));
      }),
    );
    expect(toHex(encodeEntryBundle([new Uint8Array(258)]).subarray(0, 2))).toBe('0102');
    expect(() => encodeEntryBundle([new Uint8Array(65_536)])).toThrow(failing('TILE_INVALID'));
  });

  it('is refused with bytes missing or left over', () => {
    const bundle = encodeEntryBundle([Uint8Array.of(1, 2, 3), Uint8Array.of(4)]);
    for (const [bytes, width] of [
      [bundle, 1],
      [bundle, 3],
      [bundle.subarray(0, -1), 2],
      [bundle.subarray(0, 6), 2],
    ] as const) {
      expect(() => parseEntryBundle(bytes, width)).toThrow(failing('TILE_INVALID'));
    }
  });
});
