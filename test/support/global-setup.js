import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes the folder that all suites of a run share; `small-mesh.ts` fills it when the first suite asks. */
// biome-ignore lint/style/noDefaultExport: this is how jest calls it.
export default async function globalSetup() {
  process.env.ISTHMUS_TEST_DIRECTORY = await mkdtemp(join(tmpdir(), 'isthmus-test-'));
}
