import { type Queryable, queryRow } from './queryable.js';

/** Figures of the service as a whole. */
export interface ServiceFigures {
  /** Runs that are neither decided nor expired. */
  readonly openRuns: number;
  /** Segments whose replay is still to come. */
  readonly waitingSegments: number;
  /** Entries of the log. */
  readonly logSize: number;
}

/** Reads the figures in one statement. */
export async function readFigures(on: Queryable): Promise<ServiceFigures> {
  const row = await queryRow(
    on,
    `SELECT
       (SELECT count(*) FROM attestation.runs WHERE state IN ('TRAINING', 'COMMITTED', 'REPLAYING')) AS open_runs,
       (SELECT coalesce(sum(end_segment - first_segment), 0) FROM attestation.spans s
          JOIN attestation.runs r ON r.id = s.run_id
          WHERE NOT s.settled AND r.state IN ('COMMITTED', 'REPLAYING')) AS waiting_segments,
       (SELECT coalesce(max(index) + 1, 0) FROM attestation.log_entries) AS log_size`,
    [],
  );
  return {
    openRuns: Number(row?.open_runs ?? 0),
    waitingSegments: Number(row?.waiting_segments ?? 0),
    logSize: Number(row?.log_size ?? 0),
  };
}
