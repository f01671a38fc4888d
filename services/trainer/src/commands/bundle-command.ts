import { fileURLToPath } from 'node:url';
import { bundleAll } from '../bundling/bundle-all.js';

/** What `isthmus-trainer bundle --help` prints. */
export const bundleHelp = `isthmus-trainer bundle

Bundles the training programs of this repository and prints the SHA-256 of each: what a run is attested to have run.`;

/** `bundle`: bundles every program. */
export async function bundleCommand(): Promise<number> {
  for (const { name, bundled } of await bundleAll(fileURLToPath(new URL('../../../..', import.meta.url))))
    process.stdout.write(`${name.padEnd(12)} ${bundled?.digest ?? 'has no source yet'}\n`);
  return 0;
}
