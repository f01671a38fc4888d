import { rm } from 'node:fs/promises';

/** Removes what `global-setup.js` made. */
// biome-ignore lint/style/noDefaultExport: this is how jest calls it.
export default async function globalTeardown() {
  const directory = process.env.ISTHMUS_TEST_DIRECTORY;
  if (directory !== undefined) await rm(directory, { recursive: true, force: true });
}
