import type { HashedTreeNode, TreeNode } from './compact-tree.js';
import { ProofError } from './proof-error.js';

/** Hashes of perfect subtrees in memory, to make proofs from: what `CompactTree.append` returned. */
export class MemoryHashes {
  readonly #hashes = new Map<string, Uint8Array>();

  /** Keeps the nodes that an append completed. */
  add(nodes: readonly HashedTreeNode[]): void {
    for (const { level, index, hash } of nodes) this.#hashes.set(`${level}/${index}`, hash);
  }

  /** The hashes of these nodes: a hash reader. Throws `MERKLE_PROOF_INVALID` on one that is not there. */
  readonly read = (nodes: readonly TreeNode[]): readonly Uint8Array[] =>
    nodes.map(({ level, index }) => {
      const hash = this.#hashes.get(`${level}/${index}`);
      if (hash === undefined) {
        throw new ProofError('MERKLE_PROOF_INVALID', `the subtree ${level}/${index} is not complete`);
      }
      return hash;
    });
}
