import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { ProofError, verifyAttestation } from '@isthmus/proof';
import { exitCode } from '../exit-code.js';
import type { Command } from './command-context.js';

/** Options of `isthmus verify`. */
export interface VerifyOptions {
  /** Folder with the model's files. */
  readonly model: string;
  /** The bundle; default: `attestation.sigstore.json` beside the files. */
  readonly bundle?: string;
  /** The proof that the log holds it; default: `attestation.tlog-proof` beside the files, if it is there. */
  readonly logProof?: string;
  /** Whom to trust: a `trust.json` as the attestation service writes it. */
  readonly trust: string;
}

/** Name of the bundle and of the log proof beside a model's files. */
export const bundleFileName = 'attestation.sigstore.json';
/** Name of the log proof beside a model's files. */
export const logProofFileName = 'attestation.tlog-proof';

/** Verifies a model folder offline: signature, log, and every file against the subjects of the statement. */
export const verify: Command<VerifyOptions> = async (options, { output }) => {
  const bundle = await readFile(options.bundle ?? join(options.model, bundleFileName));
  const logProof = await readLogProof(options);
  const trust = JSON.parse(await readFile(options.trust, 'utf8'));
  const files = await modelFiles(options.model);
  try {
    const attestation = verifyAttestation({
      bundle,
      files,
      trust,
      ...(logProof === undefined ? {} : { logProof }),
    });
    output.line(`verified: ${files.length} files are what was attested`);
    output.result({ verified: true, attestation });
    return exitCode.ok;
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    output.line(`refused (${error.code}): ${error.message}`);
    output.result({ verified: false, code: error.code, message: error.message });
    return exitCode.rejected;
  }
};

async function readLogProof(options: VerifyOptions): Promise<string | undefined> {
  if (options.logProof !== undefined) return readFile(options.logProof, 'utf8');
  return readFile(join(options.model, logProofFileName), 'utf8').catch(() => undefined);
}

async function modelFiles(directory: string) {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = [];
  for (const entry of entries) {
    if (!entry.isFile() || [bundleFileName, logProofFileName].includes(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const name = relative(directory, path).split(sep).join('/');
    files.push({ name, sha256: await fileDigest(path), sizeBytes: (await stat(path)).size });
  }
  return files;
}

async function fileDigest(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}
