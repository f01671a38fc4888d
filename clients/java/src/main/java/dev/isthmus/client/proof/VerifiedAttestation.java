package dev.isthmus.client.proof;

import java.util.List;
import java.util.Optional;

/**
 * An attestation that holds and that the policy accepts.
 *
 * @param attestationId SHA-256 of the payload that was signed, hexadecimal
 * @param statement what it says
 * @param modelDigest digest of the attested file list, hexadecimal
 * @param assurance the level that counts: a quorum is {@code L3_FULL} unless two trusted keys signed
 * @param mode whether the nonce came first
 * @param signedBy ids of the trusted keys that signed
 * @param log empty where no proof was given or no key of the log is known
 */
public record VerifiedAttestation(
    String attestationId,
    ProofStatement statement,
    String modelDigest,
    AssuranceLevel assurance,
    ProofMode mode,
    List<String> signedBy,
    Optional<LogInclusion> log) {}
