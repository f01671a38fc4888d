import { readFile } from 'node:fs/promises';
import { type AssuranceLevel, assuranceLevels } from '@isthmus/proof';
import { z } from 'zod';

const schema = z.object({
  version: z.literal(1),
  attestationKeys: z.array(z.string().includes('PUBLIC KEY')).min(1),
  logVerifierKey: z.string().min(1).optional(),
  minimumAssurance: z.enum(assuranceLevels).optional(),
  requireOnline: z.boolean().optional(),
});

/** Whom to trust: the attestation service writes it, and whoever loads models reads it. Holds no secret. */
export interface TrustFile {
  /** Public keys of attestation services, P-256 in PEM. */
  readonly attestationKeys: readonly string[];
  /** Key of the transparency log (C2SP vkey). */
  readonly logVerifierKey?: string | undefined;
  /** What the service suggests to ask for, where the configuration does not say. */
  readonly minimumAssurance?: AssuranceLevel | undefined;
  readonly requireOnline?: boolean | undefined;
}

/** Reads a trust file; undefined where there is none. Throws an Error that names the member at fault. */
export async function readTrustFile(path: string): Promise<TrustFile | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const parsed = schema.safeParse(parseJson(path, text));
  if (parsed.success) return parsed.data;
  throw new Error(`The trust file ${path} cannot be used: ${z.prettifyError(parsed.error)}`);
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`The trust file ${path} is no JSON`, { cause });
  }
}
