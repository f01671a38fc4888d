import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import asc from 'assemblyscript/asc';

/** A built WebAssembly module. */
export interface AssembledModule {
  readonly sha256: string;
  readonly sizeBytes: number;
  /** Whether the file had to be written. */
  readonly changed: boolean;
}

/** The features that a module may use: those whose results the specification defines. Relaxed SIMD is none of them. */
const features = ['simd', 'threads', 'bulk-memory'];

/**
 * Compiles an AssemblyScript module. Equal sources and an equal compiler, which package-lock.json pins, give equal bytes.
 * Throws with the compiler's messages where the source has faults, and where the module holds an instruction whose result is
 * not the same everywhere.
 * @param root folder that the entry and the paths in messages are relative to
 */
export async function assemble(root: string, entry: string, outFile: string): Promise<AssembledModule> {
  const outputs = new Map<string, string | Uint8Array>();
  const { error, stderr } = await asc.main(
    [
      entry,
      '--baseDir',
      root,
      ...features.flatMap((feature) => ['--enable', feature]),
      ...[
        '--runtime',
        'stub',
        '--importMemory',
        '--sharedMemory',
        '--initialMemory',
        '1',
        '--maximumMemory',
        '65536',
      ],
      ...['-O3', '--noAssert', '--converge', '--outFile', 'module.wasm', '--textFile', 'module.wat'],
    ],
    { writeFile: (name, contents) => void outputs.set(name, contents) },
  );
  if (error !== null) throw new Error(`${error.message}\n${stderr.toString()}`);
  refuseLooseInstructions(outputs.get('module.wat') as string);
  const bytes = outputs.get('module.wasm') as Uint8Array;
  return {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sizeBytes: bytes.byteLength,
    changed: await writeIfChanged(outFile, bytes),
  };
}

/** Throws where the text of a module names an instruction of relaxed SIMD, whose result depends on the processor. */
export function refuseLooseInstructions(text: string): void {
  const found = /\b\w+\.(relaxed_\w+|\w*(?:madd|nmadd|fma)\w*)/.exec(text);
  if (found) throw new Error(`The module uses ${found[0]}, whose result is not the same on every processor`);
}

async function writeIfChanged(path: string, bytes: Uint8Array): Promise<boolean> {
  const before = await readFile(path).catch(() => undefined);
  if (before?.equals(bytes)) return false;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  return true;
}
