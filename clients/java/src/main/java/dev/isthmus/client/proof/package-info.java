/**
 * Verifies the attestation of a model offline: the signature, the very bytes that were signed, the model's files, the
 * inclusion in the transparency log, and then what the relying party asks for. The formats are those of
 * docs/proof-formats.md. Start with {@link dev.isthmus.client.proof.AttestationVerifier#verify}.
 */
package dev.isthmus.client.proof;
