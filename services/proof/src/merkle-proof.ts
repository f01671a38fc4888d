import { equalBytes } from './bytes.js';
import { edgeNodes, foldEdge, type TreeNode } from './compact-tree.js';
import { hashSizeBytes } from './hash.js';
import { nodeHash } from './merkle-hash.js';
import { ProofError } from './proof-error.js';

/** Hashes of perfect subtrees, in the order asked for: from memory, tiles or a database. */
export type HashReader = (
  nodes: readonly TreeNode[],
) => Promise<readonly Uint8Array[]> | readonly Uint8Array[];

/** Hashes from the leaf's sibling to the root's child (RFC 6962 section 2.1.1). Throws where `index` is not below `size`. */
export async function inclusionProof(index: bigint, size: bigint, read: HashReader): Promise<Uint8Array[]> {
  if (index < 0n || index >= size) invalid(`there is no leaf ${index} in a tree of ${size}`);
  return readRanges(inclusionRanges(index, 0n, size), read);
}

/**
 * Hashes that show the tree of `first` leaves to be the beginning of the tree of `second` leaves (RFC 6962 section
 * 2.1.2). Empty where the sizes are equal or `first` is 0. Throws where `first` exceeds `second`.
 */
export async function consistencyProof(
  first: bigint,
  second: bigint,
  read: HashReader,
): Promise<Uint8Array[]> {
  if (first < 0n || first > second) invalid(`a tree of ${first} leaves is no beginning of one of ${second}`);
  if (first === 0n || first === second) return [];
  return readRanges(consistencyRanges(first, 0n, second, true), read);
}

/** Root of the tree of the first `size` leaves. */
export async function treeRoot(size: bigint, read: HashReader): Promise<Uint8Array> {
  return foldEdge(await read(edgeNodes(size)));
}

/**
 * Checks an inclusion proof (RFC 9162 section 2.1.3.2, whose trees are those of RFC 6962). Length, index and size must
 * fit each other exactly. Throws `MERKLE_PROOF_INVALID`.
 */
export function verifyInclusion(
  leaf: Uint8Array,
  index: bigint,
  size: bigint,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): void {
  if (index < 0n || index >= size) invalid(`there is no leaf ${index} in a tree of ${size}`);
  requireHashes([leaf, root, ...proof]);
  let fn = index;
  let sn = size - 1n;
  let hash = leaf;
  for (const sibling of proof) {
    if (sn === 0n) invalid('the proof is too long');
    if ((fn & 1n) === 1n || fn === sn) {
      hash = nodeHash(sibling, hash);
      while ((fn & 1n) === 0n && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  if (sn !== 0n) invalid('the proof is too short');
  if (!equalBytes(hash, root)) invalid('the proof leads to another root');
}

/**
 * Checks a consistency proof (RFC 9162 section 2.1.4.2). Equal sizes and a first size of 0 need an empty proof; a first
 * size of 0 is consistent with everything. Throws `MERKLE_PROOF_INVALID`.
 */
export function verifyConsistency(
  first: bigint,
  second: bigint,
  proof: readonly Uint8Array[],
  firstRoot: Uint8Array,
  secondRoot: Uint8Array,
): void {
  if (first < 0n || first > second) invalid(`a tree of ${first} leaves is no beginning of one of ${second}`);
  requireHashes([firstRoot, secondRoot, ...proof]);
  if (first === second || first === 0n) {
    if (proof.length !== 0) invalid('the proof must be empty');
    if (first === second && !equalBytes(firstRoot, secondRoot)) invalid('two roots of one size differ');
    return;
  }
  // Where the first size is a power of two, its root is a node of the larger tree and left out of the proof.
  const powerOfTwo = (first & (first - 1n)) === 0n;
  const [start, ...rest] = powerOfTwo ? [firstRoot, ...proof] : proof;
  if (start === undefined) invalid('the proof is too short');
  let fn = first - 1n;
  let sn = second - 1n;
  while ((fn & 1n) === 1n) {
    fn >>= 1n;
    sn >>= 1n;
  }
  let firstHash = start;
  let secondHash = start;
  for (const hash of rest) {
    if (sn === 0n) invalid('the proof is too long');
    if ((fn & 1n) === 1n || fn === sn) {
      firstHash = nodeHash(hash, firstHash);
      secondHash = nodeHash(hash, secondHash);
      while ((fn & 1n) === 0n && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      secondHash = nodeHash(secondHash, hash);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  if (sn !== 0n) invalid('the proof is too short');
  if (!equalBytes(firstHash, firstRoot)) invalid('the proof leads to another first root');
  if (!equalBytes(secondHash, secondRoot)) invalid('the proof leads to another second root');
}

/** Leaves `begin` to `end` - 1, whose tree hash is one element of a proof. */
interface LeafRange {
  readonly begin: bigint;
  readonly end: bigint;
}

/** PATH(m, D[n]) of RFC 6962 section 2.1.1, on the leaves from `begin` to `end`. */
function inclusionRanges(index: bigint, begin: bigint, end: bigint): LeafRange[] {
  if (end - begin === 1n) return [];
  const middle = begin + splitSize(end - begin);
  if (index < middle) return [...inclusionRanges(index, begin, middle), { begin: middle, end }];
  return [...inclusionRanges(index, middle, end), { begin, end: middle }];
}

/** SUBPROOF(m, D[n], b) of RFC 6962 section 2.1.2; `whole` is its b. */
function consistencyRanges(first: bigint, begin: bigint, end: bigint, whole: boolean): LeafRange[] {
  if (first === end) return whole ? [] : [{ begin, end }];
  const middle = begin + splitSize(end - begin);
  if (first <= middle) return [...consistencyRanges(first, begin, middle, whole), { begin: middle, end }];
  return [...consistencyRanges(first, middle, end, false), { begin, end: middle }];
}

/** Largest power of two below `size`, which is at least 2. */
function splitSize(size: bigint): bigint {
  return 1n << BigInt((size - 1n).toString(2).length - 1);
}

/** Hash of every range, all of them read at once. */
async function readRanges(ranges: readonly LeafRange[], read: HashReader): Promise<Uint8Array[]> {
  const nodes = ranges.map(rangeNodes);
  const hashes = await read(nodes.flat());
  let next = 0;
  return nodes.map((part) => {
    const begin = next;
    next += part.length;
    return foldEdge(hashes.slice(begin, next));
  });
}

/** Perfect subtrees of a range that begins at a multiple of the largest of them. */
function rangeNodes({ begin, end }: LeafRange): TreeNode[] {
  let at = begin;
  return edgeNodes(end - begin).map(({ level }) => {
    const node = { level, index: at >> BigInt(level) };
    at += 1n << BigInt(level);
    return node;
  });
}

function requireHashes(hashes: readonly Uint8Array[]): void {
  // A tree of 2^64 leaves is 64 levels high; a consistency proof holds one hash more.
  if (hashes.length > 68) invalid('the proof is too long');
  if (hashes.some((hash) => hash.length !== hashSizeBytes)) invalid(`every hash has ${hashSizeBytes} bytes`);
}

function invalid(problem: string): never {
  throw new ProofError('MERKLE_PROOF_INVALID', `Merkle proof: ${problem}`);
}
