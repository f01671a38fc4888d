import { fileURLToPath } from 'node:url';
import { programSources } from '../bundling/program-sources.js';

/** A bundle: a file, or the SHA-256 of an object in the store. */
export type ProgramReference = { readonly path: string } | { readonly digest: string };

/** Understands the name of a program of this repository, the digest of a bundle, or the path of one. */
export function programReference(text: string): ProgramReference {
  if (/^[0-9a-f]{64}$/.test(text)) return { digest: text };
  const root = fileURLToPath(new URL('../../../..', import.meta.url));
  const known = programSources(root).find(({ name }) => name === text);
  return { path: known?.outFile ?? text };
}
