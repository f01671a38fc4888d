import { type CommittedInteractions, isValidationRecord, type Random } from '@isthmus/learning';
import type { CrossDomainReader } from './cross-domain-reader.js';
import { targetEvents } from './training-data.js';

/** Sequences of one step. A row is one place of one sequence, and its target is the item that comes next. */
export interface TrainingBatch {
  readonly users: number;
  /** Items of each padded history. */
  readonly length: number;
  /** Catalogue rows of the padded histories, `[users, length]`. */
  readonly histories: Int32Array;
  /** Flat place of each row's state: `user * (length + 1) + place`. */
  readonly places: Int32Array;
  /** Catalogue row of each row's target. */
  readonly targets: Int32Array;
  /** Catalogue row of one of the next targets of each row, drawn from its window. */
  readonly future: Int32Array;
  /** Representations of the moment of each target, `[rows, crossDim]`, and gates `[rows]`. */
  readonly crossVectors: Float32Array;
  readonly gates: Float32Array;
  /** Where the representation would place each row's target had the user never been there, `[rows, crossDim]`. */
  readonly ownPlaces: Float32Array;
  /** Row whose target is the item of each place of the padded histories, `[users, length]`; any row where padded. */
  readonly rowOfPlace: Int32Array;
}

/** What a batch is made of. */
export interface BatchSource {
  readonly data: CommittedInteractions;
  /** Row of each item of the data set. */
  readonly rowOf: Int32Array;
  readonly cross: CrossDomainReader | undefined;
  /** Records whose held-back event is looked for in validation. */
  readonly validation: ArrayLike<number>;
}

/** Numbers that shape a batch. */
export interface BatchShape {
  readonly maxLength: number;
  readonly window: number;
  readonly historyDropout: number;
}

/** Reads the sequences of the given records. Longer ones give a window that the generator places. */
export function readBatch(
  source: BatchSource,
  records: ArrayLike<number>,
  shape: BatchShape,
  random: Random,
): TrainingBatch {
  const sequences = Array.from({ length: records.length }, (_, i) =>
    readSequence(source, records[i]!, shape, random),
  );
  const length = Math.max(...sequences.map(({ rows }) => rows.length)) - 1;
  const total = sequences.reduce((sum, { rows }) => sum + rows.length, 0);
  const dim = source.cross?.dim ?? 0;
  const batch = {
    users: sequences.length,
    length,
    histories: new Int32Array(sequences.length * length),
    places: new Int32Array(total),
    targets: new Int32Array(total),
    future: new Int32Array(total),
    crossVectors: new Float32Array(total * dim),
    gates: new Float32Array(total),
    ownPlaces: new Float32Array(total * dim),
    rowOfPlace: new Int32Array(sequences.length * length),
  };
  let row = 0;
  sequences.forEach(({ record, start, rows, timestampsMs, dropped }, user) => {
    for (let place = 0; place + 1 < rows.length; place++)
      batch.rowOfPlace[user * length + place] = row + place;
    batch.histories.set(rows.subarray(0, rows.length - 1), user * length);
    rows.forEach((target, place) => {
      const reach = Math.min(shape.window, rows.length - place);
      batch.places[row] = user * (length + 1) + (dropped ? 0 : place);
      batch.targets[row] = target;
      batch.future[row] = rows[place + random.below(reach)]!;
      source.cross?.read(record, timestampsMs[place]!, row, batch.crossVectors, batch.gates);
      source.cross?.readPlace(record, start + place, row, batch.ownPlaces);
      row++;
    });
  });
  return batch;
}

function readSequence(source: BatchSource, record: number, shape: BatchShape, random: Random) {
  const events = targetEvents(source.data, source.rowOf, record);
  const kept = events.rows.length - (isValidationRecord(source.data, record) ? 1 : 0);
  const end = kept > shape.maxLength ? shape.maxLength + random.below(kept - shape.maxLength + 1) : kept;
  const start = Math.max(0, end - shape.maxLength);
  return {
    record,
    start,
    rows: events.rows.subarray(start, end),
    timestampsMs: events.timestampsMs.subarray(start, end),
    dropped: random.bernoulli(shape.historyDropout),
  };
}
