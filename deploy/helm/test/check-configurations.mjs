/**
 * Gives every configuration file of a rendered chart to the program that it is for, which checks it as a whole.
 * usage: node check-configurations.mjs RENDERED.yaml... (the repository has to be built)
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

const mains = {
  representation: 'services/representation/dist/main.js',
  retrieval: 'services/retrieval/dist/main.js',
  attestation: 'services/attestation/dist/main.js',
  'replay-workers': 'services/attestation/dist/worker-main.js',
};
const folder = mkdtempSync(join(tmpdir(), 'isthmus-configurations-'));
let checked = 0;
let failed = 0;
for (const rendered of process.argv.slice(2)) {
  for (const document of parseAllDocuments(readFileSync(rendered, 'utf8'))) {
    const { kind, metadata, data } = document.toJS() ?? {};
    if (kind !== 'ConfigMap') continue;
    for (const [file, text] of Object.entries(data)) {
      const program =
        file === 'config.yaml' ? metadata.labels['app.kubernetes.io/name'] : file.replace('.yaml', '');
      if (mains[program]) check(`${rendered} ${metadata.name} ${file}`, mains[program], text);
    }
  }
}
rmSync(folder, { recursive: true });
if (checked === 0) failed += 1;
console.log(`${checked} configurations are accepted by their programs, ${failed} are not`);
process.exitCode = failed === 0 ? 0 : 1;

function check(name, main, text) {
  const path = join(folder, 'config.yaml');
  writeFileSync(path, text);
  try {
    execFileSync(process.execPath, [main, '--config', path, '--print-config'], { stdio: 'pipe' });
    checked += 1;
  } catch (error) {
    failed += 1;
    console.error(`${name}\n${error.stderr}`);
  }
}
