import { existsSync } from 'node:fs';
import { type BundledProgram, bundleProgram } from './bundle-program.js';
import { type ProgramSource, programSources } from './program-sources.js';

/** What became of one program: bundled, or skipped because its source is not there. */
export interface BundleOutcome extends ProgramSource {
  readonly bundled?: BundledProgram;
}

/** Bundles every program of the checkout at `root` whose source exists. */
export async function bundleAll(root: string): Promise<BundleOutcome[]> {
  return Promise.all(
    programSources(root).map(async (source) => {
      if (!existsSync(source.entry)) return source;
      return { ...source, bundled: await bundleProgram({ ...source, root }) };
    }),
  );
}
