import { readFile } from 'node:fs/promises';
import { type AttestationTrust, assuranceLevels } from '@isthmus/proof';

/**
 * Whom to trust, from a `trust.json` as the attestation service writes it. Where it names the key of a log, a proof that
 * the log holds the attestation is asked for.
 * @throws Error that names the member at fault
 */
export async function readTrust(path: string): Promise<AttestationTrust> {
  const wrong = (what: string) => new Error(`the trust file ${path} ${what}`);
  let trust: Record<string, unknown>;
  try {
    trust = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new Error(`the trust file ${path} cannot be read; the attestation service writes one`, { cause });
  }
  const {
    version,
    attestationKeys,
    logVerifierKey,
    minimumAssurance = 'L3_FULL',
    requireOnline = true,
  } = trust;
  if (version !== 1) throw wrong('has a version other than 1');
  if (!Array.isArray(attestationKeys) || !attestationKeys.every((key) => typeof key === 'string'))
    throw wrong('needs attestationKeys, a list of PEM public keys');
  if (logVerifierKey !== undefined && typeof logVerifierKey !== 'string')
    throw wrong('has a logVerifierKey that is no string');
  const level = assuranceLevels.find((known) => known === minimumAssurance);
  if (level === undefined)
    throw wrong(`has an unknown minimumAssurance; known are ${assuranceLevels.join(', ')}`);
  if (typeof requireOnline !== 'boolean') throw wrong('has a requireOnline that is neither true nor false');
  return {
    attestationKeys,
    ...(logVerifierKey === undefined ? {} : { logVerifierKey }),
    minimumAssurance: level,
    requireOnline,
    requireLogProof: logVerifierKey !== undefined,
  };
}
