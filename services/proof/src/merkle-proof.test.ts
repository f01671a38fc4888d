import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toHex } from './bytes.js';
import { CompactTree, merkleRoot } from './compact-tree.js';
import { MemoryHashes } from './memory-hashes.js';
import { leafHash, nodeHash } from './merkle-hash.js';
import {
  consistencyProof,
  inclusionProof,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from './merkle-proof.js';

interface Published {
  file: string;
  wantErr: boolean;
  proof: string[] | null;
}
interface Inclusion extends Published {
  leafIdx: number;
  treeSize: number;
  root: string;
  leafHash: string;
}
interface Consistency extends Published {
  size1: number;
  size2: number;
  root1: string;
  root2: string;
}
const published = JSON.parse(
  readFileSync(new URL('../vectors/rfc6962-proofs.vectors.json', import.meta.url), 'utf8'),
) as { inclusion: Inclusion[]; consistency: Consistency[] };

const leaves = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const hex = (digits: string): Uint8Array => new Uint8Array(Buffer.from(digits, 'hex'));
const base64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
const hashOf = (i: number): Uint8Array => leafHash(Buffer.from(`leaf ${i}`));

/** MTH by its recursive definition (RFC 6962 section 2.1). */
function definedRoot(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 1) return hashes[0] as Uint8Array;
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return nodeHash(definedRoot(hashes.slice(0, split)), definedRoot(hashes.slice(split)));
}

function treeOf(size: number): { tree: CompactTree; hashes: MemoryHashes; leaves: Uint8Array[] } {
  const tree = new CompactTree();
  const hashes = new MemoryHashes();
  const leafHashes = Array.from({ length: size }, (_, i) => hashOf(i));
  for (const leaf of leafHashes) hashes.add(tree.append(leaf));
  return { tree, hashes, leaves: leafHashes };
}

describe('merkleRoot', () => {
  it.each(roots.map((root, size) => ({ size, root })))(
    'is the published root of $size leaves',
    ({ size, root }) => {
      expect(toHex(merkleRoot(leaves.slice(0, size).map((leaf) => leafHash(hex(leaf)))))).toBe(root);
    },
  );

  it('follows the recursive definition', () => {
    for (let size = 1; size < 70; size++) {
      const { tree, leaves: hashes } = treeOf(size);
      expect(toHex(tree.root())).toBe(toHex(definedRoot(hashes)));
    }
  });

  it('tells a leaf from a node', () => {
    const [a, b] = [hashOf(0), hashOf(1)];
    expect(toHex(leafHash(Buffer.concat([a, b])))).not.toBe(toHex(nodeHash(a, b)));
    expect(toHex(merkleRoot([a, b, b]))).not.toBe(toHex(merkleRoot([a, b, b, b])));
  });

  it('hashes long leaves as short ones', () => {
    const long = new Uint8Array(5000).fill(7);
    expect(toHex(leafHash(long))).toBe(toHex(leafHash(Buffer.from(long))));
    expect(leafHash(long)).toHaveLength(32);
  });
});

describe('CompactTree', () => {
  it('goes on from the edge of a tree', () => {
    const { tree } = treeOf(13);
    const resumed = new CompactTree(tree.size, tree.edge);
    for (const continued of [tree, resumed]) continued.append(hashOf(13));
    expect(toHex(resumed.root())).toBe(toHex(tree.root()));
    expect(() => new CompactTree(13n, tree.edge.slice(1))).toThrow(/no edge/);
  });
});

describe('published proofs', () => {
  it.each(published.inclusion)('$file', ({ leafIdx, treeSize, root, leafHash: leaf, proof, wantErr }) => {
    const check = (): void =>
      verifyInclusion(
        base64(leaf),
        BigInt(leafIdx),
        BigInt(treeSize),
        (proof ?? []).map(base64),
        base64(root),
      );
    if (wantErr) expect(check).toThrow(expect.objectContaining({ code: 'MERKLE_PROOF_INVALID' }));
    else check();
  });

  it.each(published.consistency)('$file', ({ size1, size2, root1, root2, proof, wantErr }) => {
    const check = (): void =>
      verifyConsistency(
        BigInt(size1),
        BigInt(size2),
        (proof ?? []).map(base64),
        base64(root1),
        base64(root2),
      );
    // One published case compares two equal roots that are no hashes; this code asks for hashes.
    const refused = wantErr || base64(root1).length !== 32;
    if (refused) expect(check).toThrow(expect.objectContaining({ code: 'MERKLE_PROOF_INVALID' }));
    else check();
  });
});

describe('inclusionProof', () => {
  it('holds for every leaf of every small tree, and for no other index or size', async () => {
    for (let size = 1; size <= 33; size++) {
      const { tree, hashes, leaves: leafHashes } = treeOf(size);
      for (let index = 0; index < size; index++) {
        const proof = await inclusionProof(BigInt(index), BigInt(size), hashes.read);
        const leaf = leafHashes[index] as Uint8Array;
        verifyInclusion(leaf, BigInt(index), BigInt(size), proof, tree.root());
        for (let other = 0; other < size; other++) {
          if (other === index) continue;
          expect(() => verifyInclusion(leaf, BigInt(other), BigInt(size), proof, tree.root())).toThrow();
        }
        expect(() => verifyInclusion(leaf, BigInt(index), BigInt(size * 2), proof, tree.root())).toThrow();
      }
    }
  });

  it('holds for no altered proof', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 300 }),
        fc.nat(),
        fc.constantFrom('truncated', 'extended', 'swapped', 'bit'),
        fc.nat(),
        async (size, at, change, where) => {
          const { tree, hashes, leaves: leafHashes } = treeOf(size);
          const index = at % size;
          const proof = await inclusionProof(BigInt(index), BigInt(size), hashes.read);
          const i = where % proof.length;
          if (change === 'truncated') proof.splice(i, 1);
          if (change === 'extended') proof.splice(i, 0, hashOf(999));
          if (change === 'bit')
            proof[i] = Uint8Array.from(
              proof[i] as Uint8Array,
              (byte, at) => byte ^ Number(at === where % 32),
            );
          if (change === 'swapped') {
            if (proof.length < 2) return;
            proof.reverse();
          }
          const check = (): void =>
            verifyInclusion(leafHashes[index] as Uint8Array, BigInt(index), BigInt(size), proof, tree.root());
          expect(check).toThrow(expect.objectContaining({ code: 'MERKLE_PROOF_INVALID' }));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('refuses a leaf that is not there', async () => {
    await expect(inclusionProof(3n, 3n, treeOf(3).hashes.read)).rejects.toThrow(/no leaf 3/);
    expect(() => verifyInclusion(hashOf(0), -1n, 3n, [], hashOf(0))).toThrow();
    expect(() => verifyInclusion(hashOf(0).subarray(1), 0n, 1n, [], hashOf(0))).toThrow(/32 bytes/);
  });
});

describe('consistencyProof', () => {
  it('holds between all sizes of a small tree and refuses exchanged roots', async () => {
    const { hashes } = treeOf(33);
    const root = (size: number): Promise<Uint8Array> => treeRoot(BigInt(size), hashes.read);
    for (let second = 1; second <= 33; second++) {
      for (let first = 1; first <= second; first++) {
        const proof = await consistencyProof(BigInt(first), BigInt(second), hashes.read);
        const [a, b] = [await root(first), await root(second)];
        verifyConsistency(BigInt(first), BigInt(second), proof, a, b);
        if (first === second) continue;
        expect(() => verifyConsistency(BigInt(first), BigInt(second), proof, b, a)).toThrow();
        expect(() => verifyConsistency(BigInt(first), BigInt(second), [...proof, a], a, b)).toThrow();
        expect(() => verifyConsistency(BigInt(first), BigInt(second), proof.slice(1), a, b)).toThrow();
      }
    }
  });

  it('refuses a smaller second tree', async () => {
    await expect(consistencyProof(4n, 3n, treeOf(4).hashes.read)).rejects.toThrow(/no beginning/);
  });
});
