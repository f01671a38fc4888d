import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  decodeLogEntry,
  inclusionProof,
  leafHash,
  openCheckpoint,
  parseVerifierKey,
  tileHashReader,
  tilePath,
  verifyConsistency,
  verifyInclusion,
} from '@isthmus/proof';
import { describe, expect, it } from '@jest/globals';
import type { AttestationWorld } from '../testing/attestation-world.js';

/** What anybody can check of the log. It wants a log with some entries in it. */
export function transparencyLogSuite(world: () => AttestationWorld): void {
  describe('the log', () => {
    it('includes every entry, and every checkpoint is consistent with every later one', async () => {
      const log = world().transparencyLog();
      const { verifierKey, treeSize } = await log.getLogCheckpoint({});
      expect(treeSize).toBeGreaterThan(20n);
      const { entries } = await log.listLogEntries({ pageSize: 1000, pageToken: '' });
      const roots: Uint8Array[] = [];
      for (let size = 1n; size <= treeSize; size += 1n) {
        const proof = await log.getInclusionProof({ index: size - 1n, treeSize: size });
        const { rootHash } = openCheckpoint(proof.checkpoint, parseVerifierKey(verifierKey));
        const entry = entries[Number(size) - 1];
        expect(decodeLogEntry(new Uint8Array(entry?.encoded ?? [])).runId).toBe(entry?.runId);
        verifyInclusion(
          leafHash(entry?.encoded ?? new Uint8Array()),
          proof.index,
          size,
          proof.hashes,
          rootHash,
        );
        roots.push(rootHash);
      }
      for (const [i, firstRoot] of roots.entries()) {
        await Promise.all(
          roots.slice(i).map(async (secondRoot, distance) => {
            const [firstSize, secondSize] = [BigInt(i + 1), BigInt(i + 1 + distance)];
            const { hashes } = await log.getConsistencyProof({ firstSize, secondSize });
            verifyConsistency(firstSize, secondSize, hashes, firstRoot, secondRoot);
          }),
        );
      }
    });

    it('is also a folder of tiles that gives the same proofs', async () => {
      const { verifierKey, treeSize } = await world().transparencyLog().getLogCheckpoint({});
      const read = (path: string) => readFile(join(world().folder, 'log', path));
      let checkpoint = '';
      for (let attempt = 0; attempt < 1200; attempt += 1) {
        checkpoint = (await read('checkpoint')).toString('utf8');
        if (openCheckpoint(checkpoint, parseVerifierKey(verifierKey)).size === treeSize) break;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      const { size, rootHash } = openCheckpoint(checkpoint, parseVerifierKey(verifierKey));
      expect(size).toBe(treeSize);
      const reader = tileHashReader(size, async (tile) => new Uint8Array(await read(tilePath(tile))));
      const [leaf] = await reader([{ level: 0, index: 5n }]);
      verifyInclusion(leaf ?? new Uint8Array(), 5n, size, await inclusionProof(5n, size, reader), rootHash);
    });

    it('refuses sizes and indices that it does not have', async () => {
      const log = world().transparencyLog();
      const { treeSize } = await log.getLogCheckpoint({});
      await expect(log.getInclusionProof({ index: treeSize, treeSize: 0n })).rejects.toMatchObject({
        reason: 'LOG_ENTRY_NOT_FOUND',
      });
      await expect(log.getInclusionProof({ index: 0n, treeSize: treeSize + 1n })).rejects.toMatchObject({
        reason: 'LOG_SIZE_OUT_OF_RANGE',
      });
      await expect(log.getConsistencyProof({ firstSize: 3n, secondSize: 2n })).rejects.toMatchObject({
        reason: 'LOG_SIZE_OUT_OF_RANGE',
      });
    });

    it('pages through its entries and refuses tokens of another listing', async () => {
      const log = world().transparencyLog();
      const whole = await log.listLogEntries({ pageSize: 1000, pageToken: '' });
      const indices: bigint[] = [];
      for (let pageToken = ''; ; ) {
        const page = await log.listLogEntries({ pageSize: 7, pageToken });
        indices.push(...page.entries.map((entry) => entry.index));
        pageToken = page.nextPageToken;
        if (pageToken === '') break;
      }
      expect(indices).toEqual(whole.entries.map((entry) => entry.index));
      const { nextPageToken } = await world()
        .proof()
        .listRuns({ pageSize: 2, pageToken: '', proverKeyId: '' });
      await expect(log.listLogEntries({ pageSize: 7, pageToken: nextPageToken })).rejects.toMatchObject({
        reason: 'PAGE_TOKEN_INVALID',
      });
    });
  });
}
