#!/usr/bin/env node
/** Compiles the kernels to WebAssembly; part of `npm run build`. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assemble } from './assemble.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

try {
  const { sha256, sizeBytes, changed } = await assemble(
    root,
    'assembly/index.ts',
    join(root, 'dist/kernels.wasm'),
  );
  if (changed) process.stderr.write(`kernels: ${sha256} (${sizeBytes} bytes)\n`);
} catch (error) {
  process.stderr.write(`kernels: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
