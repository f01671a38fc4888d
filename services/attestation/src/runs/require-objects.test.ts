import type { ObjectStore } from '@isthmus/chassis';
import { encodeRecordSet, type Manifest } from '@isthmus/proof';
import { describe, expect, it } from '@jest/globals';
import { requireInputs } from './require-objects.js';

describe('the inputs of a run', () => {
  const set = encodeRecordSet([{ x: new Uint8Array(500), y: new Uint8Array(0), id: 0n }], {});
  const objects = {
    has: async () => true,
    size: async (sha256: string) => (sha256 === set.digest ? set.descriptionBytes.length : set.blobBytes),
    get: async () => set.descriptionBytes,
  } as unknown as ObjectStore;
  const { size, root, description, digest: object } = set;
  const records = { size, root, description, object };
  const manifest = {
    program: { digest: 'ab'.repeat(32) },
    inputs: { records: { a: records, b: records }, artefacts: {} },
  } as unknown as Manifest;

  it('fit together into the memory of a replayer', async () => {
    await requireInputs(objects, manifest, 2 * set.blobBytes);
    await expect(requireInputs(objects, manifest, 2 * set.blobBytes - 1)).rejects.toMatchObject({
      reason: 'MANIFEST_INVALID',
      metadata: { member: 'inputs' },
    });
  });
});
