import {
  ListLogEntriesRequest,
  TransparencyLogServiceService as Log,
} from '@isthmus/proto/isthmus/attestation/v1/log.js';
import { expect } from '@jest/globals';
import { bad, badPages, invalid, type MethodCases, methodCases } from './method-cases.js';

const huge = 2n ** 60n + 1n;

/** Cases of `isthmus.attestation.v1.TransparencyLogService`. */
export const logCases: readonly MethodCases[] = [
  methodCases(
    Log.getLogCheckpoint,
    'attestation',
    () => ({}),
    [],
    ([answer]) => {
      expect(answer?.treeSize).toBeGreaterThan(0n);
      expect(answer?.rootHash).toHaveLength(32);
    },
  ),
  methodCases(
    Log.getInclusionProof,
    'attestation',
    () => ({ index: 0n, treeSize: 0n }),
    [
      bad(
        'an index beyond the tree',
        () => ({ index: huge, treeSize: 0n }),
        'NOT_FOUND',
        'LOG_ENTRY_NOT_FOUND',
      ),
      bad(
        'an index that is the size',
        () => ({ index: 2n, treeSize: 2n }),
        'NOT_FOUND',
        'LOG_ENTRY_NOT_FOUND',
      ),
      bad(
        'a tree beyond the log',
        () => ({ index: 0n, treeSize: huge }),
        'INVALID_ARGUMENT',
        'LOG_SIZE_OUT_OF_RANGE',
      ),
    ],
    ([answer]) => {
      expect(answer?.leafHash).toHaveLength(32);
    },
  ),
  methodCases(
    Log.getConsistencyProof,
    'attestation',
    () => ({ firstSize: 1n, secondSize: 3n }),
    [
      invalid('a tree of nothing', () => ({ firstSize: 0n, secondSize: 3n })),
      bad(
        'sizes out of order',
        () => ({ firstSize: 3n, secondSize: 2n }),
        'INVALID_ARGUMENT',
        'LOG_SIZE_OUT_OF_RANGE',
      ),
      bad(
        'a tree beyond the log',
        () => ({ firstSize: 1n, secondSize: huge }),
        'INVALID_ARGUMENT',
        'LOG_SIZE_OUT_OF_RANGE',
      ),
    ],
    ([answer]) => {
      expect(answer).toMatchObject({ firstSize: 1n, secondSize: 3n });
    },
  ),
  methodCases(
    Log.listLogEntries,
    'attestation',
    () => ListLogEntriesRequest.fromPartial({ pageSize: 2 }),
    badPages<ListLogEntriesRequest>(),
    ([answer]) => {
      expect(answer?.entries.map(({ index }) => index)).toEqual([0n, 1n]);
      expect(answer?.nextPageToken).not.toBe('');
    },
  ),
];
