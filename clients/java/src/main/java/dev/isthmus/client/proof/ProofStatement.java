package dev.isthmus.client.proof;

import java.util.List;
import java.util.Map;

/**
 * What an attestation says. Every member was part of the very bytes that were signed.
 *
 * @param subjects SHA-256 by name: {@code model:file-list} for the model as a whole, and every file
 * @param runId the training run, 32 to 64 hexadecimal digits
 * @param mode whether the nonce came first
 * @param programName the program that was run
 * @param programVersion its version
 * @param programDigest SHA-256 of the bundled program
 * @param priorAttempts runs that this prover had announced before
 * @param level how far the training was verified, as the service says
 * @param nonClaims what is not said, for example {@code DATA_QUALITY}
 * @param predicate the whole predicate as JSON: {@code Map}, {@code List}, {@code String}, {@code Double}, {@code Boolean}
 */
public record ProofStatement(
    Map<String, String> subjects,
    String runId,
    ProofMode mode,
    String programName,
    String programVersion,
    String programDigest,
    long priorAttempts,
    AssuranceLevel level,
    List<String> nonClaims,
    Map<String, Object> predicate) {}
