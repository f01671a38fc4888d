import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MeshDescription } from './mesh-description.js';

/*
 * Executes the blocks of clients/typescript/README.md that carry a name, against the mesh of ISTHMUS_CONTRACT_URL. Run by
 * clients/typescript/readme-test.
 */

/** What each block prints. */
const expected: Readonly<Record<string, RegExp>> = {
  call: /^(\S+ -?\d\S* ([\d.]+|other)\n){10}$/,
  many: /^2\n3\nMODEL_NOT_FOUND\nnumber\nCANCELLED\n$/,
  verify: /^[0-9a-f]{64} L3_FULL ONLINE\n$/,
};

const client = fileURLToPath(new URL('../../../clients/typescript/', import.meta.url));
const readme = readFileSync(join(client, 'README.md'), 'utf8');
const blocks = [...readme.matchAll(/<!-- test: ([a-z]+) -->\n```ts\n([\s\S]*?)```/g)];
const response = await fetch(`${process.env.ISTHMUS_CONTRACT_URL}/mesh`);
const { addresses, files, known } = (await response.json()) as MeshDescription;
const [event] = (known.user as { events: { domain: string; itemId: string }[] }).events;

// Inside the client's folder, so that its packages are found.
mkdirSync(join(client, 'dist'), { recursive: true });
const folder = mkdtempSync(join(client, 'dist', 'readme-'));
try {
  symlinkSync(files.trust, join(folder, 'trust.json'));
  symlinkSync(files.bundle, join(folder, 'model.sigstore.json'));
  symlinkSync(files.logProof, join(folder, 'model.tlog-proof'));
  for (const [, name = '', code = ''] of blocks) runBlock(name, code);
  const names = blocks.map(([, name]) => name).sort();
  if (String(names) !== String(Object.keys(expected).sort())) fail(`the README has the blocks ${names}`);
} finally {
  rmSync(folder, { recursive: true });
}

function runBlock(name: string, code: string): void {
  const program = join(folder, `${name}.mjs`);
  writeFileSync(
    program,
    code
      .replaceAll('127.0.0.1:7402', addresses.retrieval)
      .replaceAll('127.0.0.1:7403', addresses.attestation)
      .replaceAll("'books'", JSON.stringify(event?.domain))
      .replaceAll("'book-0001'", JSON.stringify(event?.itemId)),
  );
  const run = spawnSync(process.execPath, [program], { cwd: folder, encoding: 'utf8', timeout: 60_000 });
  if (run.status !== 0 || !expected[name]?.test(run.stdout))
    fail(`block ${name} ended with ${run.status}:\n${run.stdout}${run.stderr}`);
}

function fail(problem: string): void {
  console.error(problem);
  process.exitCode = 1;
}
