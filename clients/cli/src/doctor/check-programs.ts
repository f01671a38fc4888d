import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Finding, fine, wanting } from './finding.js';

const root = new URL('../../../../', import.meta.url);

/** What `npm run build` makes. */
const built = [
  'services/attestation/dist/main.js',
  'services/representation/dist/main.js',
  'services/retrieval/dist/main.js',
  'services/trainer/dist/main.js',
  'services/representation/dist/programs/ce-cdr.mjs',
  'services/retrieval/dist/programs/gemirec.mjs',
];

/** Whether the programs have been built. */
export async function checkPrograms(): Promise<Finding> {
  const missing: string[] = [];
  for (const path of built)
    await access(fileURLToPath(new URL(path, root))).catch(() => {
      missing.push(path);
    });
  return missing.length === 0
    ? fine('programs', `${built.length} built`)
    : wanting('programs', `missing: ${missing.join(', ')}`, 'run npm run build');
}
