import type { VerifiedAttestation } from '@isthmus/proof';
import { exitCode } from '../exit-code.js';
import { verifyModelFolder } from '../verification/verify-model-folder.js';
import type { Command } from './command-context.js';

/** Options of `isthmus verify`. */
export interface VerifyOptions {
  /** Folder with the model's files. */
  readonly model: string;
  readonly bundle?: string;
  readonly logProof?: string;
  /** Whom to trust: a `trust.json` as the attestation service writes it. */
  readonly trust: string;
}

/** Verifies a model folder offline. Exit code 3 where it does not hold. */
export const verify: Command<VerifyOptions> = async ({ model, bundle, logProof, trust }, { output }) => {
  const verdict = await verifyModelFolder({
    folder: model,
    bundleFile: bundle,
    logProofFile: logProof,
    trustFile: trust,
  });
  if (!verdict.verified) {
    output.line(`refused (${verdict.code}): ${verdict.message}`);
    output.result(verdict);
    return exitCode.rejected;
  }
  for (const line of verifiedLines(verdict.files, verdict.attestation)) output.line(line);
  const { attestationId, modelDigest, assurance, mode, signedBy, log } = verdict.attestation;
  output.result({
    verified: true,
    files: verdict.files,
    attestationId,
    modelDigest,
    assurance,
    mode,
    signedBy,
    ...(log === undefined ? {} : { log: { origin: log.origin, index: log.index, treeSize: log.treeSize } }),
    nonClaims: verdict.attestation.statement.predicate.nonClaims,
  });
  return exitCode.ok;
};

function verifiedLines(files: number, attestation: VerifiedAttestation): string[] {
  const { statement, assurance, mode, log, attestationId } = attestation;
  const { program, trajectory } = statement.predicate;
  return [
    `verified: ${files} files are what was attested`,
    `  program      ${program.name} ${program.version}`,
    `  training     ${trajectory.segments} segments of ${trajectory.steps} steps in all, ${assurance}, ${mode}`,
    `  attestation  ${attestationId}`,
    log === undefined
      ? '  log          not asked for'
      : `  log          entry ${log.index} of ${log.origin}, tree of ${log.treeSize}`,
    `  not claimed  ${statement.predicate.nonClaims.join(', ')}`,
  ];
}
