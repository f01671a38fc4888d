package dev.isthmus.client.proof;

import java.math.BigInteger;

/**
 * Where an attestation is in the log.
 *
 * @param origin name of the log
 * @param index of the entry
 * @param treeSize size of the tree that the checkpoint is of
 * @param timeMs time of the entry, Unix time in milliseconds
 */
public record LogInclusion(String origin, BigInteger index, BigInteger treeSize, long timeMs) {}
