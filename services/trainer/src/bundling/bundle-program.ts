import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { build } from 'esbuild';
import { programBuiltins, requireOnlyComputing } from './program-builtins.js';

/** What {@link bundleProgram} needs to know. */
export interface BundleProgramOptions {
  /** Source file of the program; it exports `bundle`. */
  readonly entry: string;
  /** File to write. Left untouched where it holds the same bytes already. */
  readonly outFile: string;
  /** Folder that the paths in the bundle's comments are relative to; the root of the checkout. */
  readonly root: string;
}

/** A bundled program. */
export interface BundledProgram {
  /** SHA-256 of the bytes, hexadecimal: the identity of the program. */
  readonly digest: string;
  readonly sizeBytes: number;
  /** Whether the file had to be written. */
  readonly changed: boolean;
}

/**
 * Bundles a training program into one ECMAScript module: its whole source, the WebAssembly of the kernels inside,
 * no source map and no absolute path, so that two checkouts of the same sources give the same bytes.
 *
 * Throws esbuild's error where the source does not resolve, or where it imports a module that a program may not have.
 */
export async function bundleProgram(options: BundleProgramOptions): Promise<BundledProgram> {
  const result = await build({
    absWorkingDir: options.root,
    entryPoints: [relative(options.root, options.entry)],
    bundle: true,
    write: false,
    format: 'esm',
    // The `browser` fields of packages name what they can do without: files, threads, the network.
    platform: 'browser',
    mainFields: ['module', 'main'],
    // `module` is how a package knows a bundler: the kernels then carry their WebAssembly inside.
    conditions: ['module', 'import'],
    target: 'es2023',
    charset: 'utf8',
    legalComments: 'none',
    sourcemap: false,
    metafile: true,
    loader: { '.wasm': 'binary' },
    // Emscripten's loader reads these at start; it never opens a file, because the module's bytes are given to it.
    define: { __dirname: '"/"', __filename: '"/program.mjs"' },
    // Compiler options of the checkout must not change what is built.
    tsconfigRaw: { compilerOptions: { target: 'ES2023', verbatimModuleSyntax: true } },
    plugins: [programBuiltins],
    logLevel: 'silent',
  });
  requireOnlyComputing(result.metafile);
  const bytes = result.outputFiles[0]!.contents;
  const changed = await writeIfChanged(options.outFile, bytes);
  return {
    digest: createHash('sha256').update(bytes).digest('hex'),
    sizeBytes: bytes.byteLength,
    changed,
  };
}

async function writeIfChanged(path: string, bytes: Uint8Array): Promise<boolean> {
  const before = await readFile(path).catch(() => undefined);
  if (before?.equals(bytes)) return false;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  return true;
}
