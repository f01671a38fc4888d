import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Finding, fine, wanting } from './finding.js';

/** The program's own bundle readies its kernels and computes its canary: what a replay would compare. */
const script = `
const { bundle } = await import(process.argv[1]);
const { name, version, canarySha256 } = await bundle.prepare();
process.stdout.write(JSON.stringify({ name, version, canarySha256 }));
`;

/** Whether the WebAssembly kernels run here, by their canary in a process of its own: a crash must not end the doctor. */
export async function checkKernels(): Promise<Finding> {
  const bundle = new URL('../../../../services/representation/dist/programs/ce-cdr.mjs', import.meta.url);
  const { code, output, errors } = await run([
    '--input-type=module',
    '--eval',
    script,
    '--',
    fileURLToPath(bundle),
  ]);
  try {
    const { name, version, canarySha256 } = JSON.parse(output) as Record<string, string>;
    return fine('kernels', `${name} ${version}, canary ${canarySha256?.slice(0, 12)}`);
  } catch {
    const last = errors.trim().split('\n').at(-1) ?? '';
    return wanting(
      'kernels',
      `the canary ended with exit code ${code}${last === '' ? '' : `: ${last}`}`,
      'run npm run build; the kernels need a processor and a Node.js with WebAssembly SIMD',
    );
  }
}

function run(argv: readonly string[]): Promise<{ code: number | null; output: string; errors: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (bytes: Buffer) => output.push(bytes));
    child.stderr.on('data', (bytes: Buffer) => errors.push(bytes));
    child.once('error', (error) => resolve({ code: null, output: '', errors: error.message }));
    child.once('close', (code) =>
      resolve({ code, output: Buffer.concat(output).toString(), errors: Buffer.concat(errors).toString() }),
    );
  });
}
