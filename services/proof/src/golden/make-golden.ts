import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { canonicalJson } from '../canonical-json.js';
import type { Json } from '../program.js';
import { goldenAttestation } from './golden-attestation.js';
import { goldenFormats } from './golden-formats.js';

/**
 * Writes the golden files of this version, by hand and once: `npm run golden -w @isthmus/proof`. Files that are there
 * are left as they are, since everything that was ever released must verify for ever. A new version of a format gets a
 * new folder.
 */
async function makeGolden(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const files = { ...goldenFormats(), ...(await goldenAttestation()) };
  for (const [name, value] of Object.entries(files)) {
    const path = `${folder}/${name}.json`;
    if (existsSync(path)) {
      process.stderr.write(`${name}.json is there and stays\n`);
      continue;
    }
    const sorted = JSON.parse(Buffer.from(canonicalJson(value as Json)).toString()) as unknown;
    writeFileSync(path, `${JSON.stringify(sorted, undefined, 1)}\n`);
    process.stderr.write(`${name}.json written\n`);
  }
}

await makeGolden(fileURLToPath(new URL('../../golden/v1', import.meta.url)));
