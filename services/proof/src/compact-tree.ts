import { emptyRoot, nodeHash } from './merkle-hash.js';
import { ProofError } from './proof-error.js';

/** A perfect subtree: 2^level leaves that begin at leaf `index` * 2^level. */
export interface TreeNode {
  /** 0 for leaves. */
  readonly level: number;
  readonly index: bigint;
}

/** A perfect subtree and its hash. */
export interface HashedTreeNode extends TreeNode {
  readonly hash: Uint8Array;
}

/**
 * The right edge of an RFC 6962 tree: the hashes of its perfect subtrees, largest first, one for each bit that is set
 * in the size. Enough to append and to know the root, with O(log n) memory.
 */
export class CompactTree {
  #size: bigint;
  readonly #edge: Uint8Array[];

  /** An empty tree, or one that goes on from the `edge` of a tree of this size (see {@link edgeNodes}). */
  constructor(size = 0n, edge: readonly Uint8Array[] = []) {
    if (edge.length !== edgeNodes(size).length) {
      throw new ProofError(
        'MERKLE_PROOF_INVALID',
        `${edge.length} hashes are no edge of a tree of ${size} leaves`,
      );
    }
    this.#size = size;
    this.#edge = [...edge];
  }

  /** Number of leaves. */
  get size(): bigint {
    return this.#size;
  }

  /** Hashes of the perfect subtrees, largest first. */
  get edge(): readonly Uint8Array[] {
    return [...this.#edge];
  }

  /** Appends a leaf by its hash. Returns the perfect subtrees that this completes, the leaf first. */
  append(hash: Uint8Array): HashedTreeNode[] {
    const completed: HashedTreeNode[] = [{ level: 0, index: this.#size, hash }];
    let node = hash;
    let level = 0;
    for (let index = this.#size; (index & 1n) === 1n; index >>= 1n) {
      node = nodeHash(this.#edge.pop() as Uint8Array, node);
      level++;
      completed.push({ level, index: index >> 1n, hash: node });
    }
    this.#edge.push(node);
    this.#size += 1n;
    return completed;
  }

  /** Root of the tree as it is. */
  root(): Uint8Array {
    return foldEdge(this.#edge);
  }
}

/** The perfect subtrees that make up a tree of `size` leaves, largest first. */
export function edgeNodes(size: bigint): TreeNode[] {
  const nodes: TreeNode[] = [];
  for (let level = 0, rest = size; rest > 0n; level++, rest >>= 1n) {
    if ((rest & 1n) === 1n) nodes.unshift({ level, index: rest - 1n });
  }
  return nodes;
}

/** Root over the hashes of perfect subtrees, largest first. */
export function foldEdge(edge: readonly Uint8Array[]): Uint8Array {
  if (edge.length === 0) return emptyRoot();
  return edge.reduceRight((right, left) => nodeHash(left, right));
}

/** Merkle tree hash (RFC 6962 section 2.1) over hashes of leaves. */
export function merkleRoot(leafHashes: Iterable<Uint8Array>): Uint8Array {
  const tree = new CompactTree();
  for (const hash of leafHashes) tree.append(hash);
  return tree.root();
}
