#!/usr/bin/env node
/** Bundles every training program of the checkout; part of `npm run build`. */
import { fileURLToPath } from 'node:url';
import { bundleAll } from './bundling/bundle-all.js';

try {
  for (const { name, bundled } of await bundleAll(fileURLToPath(new URL('../../..', import.meta.url)))) {
    if (bundled === undefined)
      process.stderr.write(`bundle: no source for the program ${name} yet, skipped\n`);
    else if (bundled.changed)
      process.stderr.write(`bundle: ${name} ${bundled.digest} (${bundled.sizeBytes} bytes)\n`);
  }
} catch (error) {
  process.stderr.write(`bundle: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
