package dev.isthmus.client.proof;

/** Whether the nonce came before the training. */
public enum ProofMode {
  /** Manifest, nonce, training, in this order. */
  ONLINE,
  /** The prover chose the seed: re-executable, no more. */
  POSTHOC
}
