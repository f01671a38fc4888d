import type { CommittedInteractions, Random } from '@isthmus/learning';
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
  /** The data without what is held back for validation. */
  readonly learnt: CommittedInteractions;
  /** Row of each item of the data set. */
  readonly rowOf: Int32Array;
  readonly cross: CrossDomainReader | undefined;
  /** Whether there are records without target events. */
  readonly newcomers: boolean;
  /** Records whose held-back events are looked for in validation. */
  readonly validation: ArrayLike<number>;
}

/** Numbers that shape a batch. */
export interface BatchShape {
  /** Most items of a history. */
  readonly maxLength: number;
  /** Coming items that a row's `future` is drawn from. */
  readonly window: number;
  /** Share of sequences whose rows are without history. */
  readonly historyDropout: number;
  /** Whether the first event of a sequence, which nothing precedes, is a target. */
  readonly firstEvents: boolean;
  /** 0: every place of a sequence is a row. Otherwise so many of them, drawn, each with a history of its own. */
  readonly cuts: number;
}

/** A history and the places behind whose prefixes there is a target: `rows[place]`. */
interface Strip {
  readonly record: number;
  /** Target events of the user before the history. */
  readonly start: number;
  /** The history and, behind it, the last target. */
  readonly rows: Uint32Array;
  readonly timestampsMs: Float64Array;
  readonly places: ArrayLike<number>;
  readonly dropped: boolean;
}

/** Reads the sequences of the given records. Longer ones give a window that the generator places. */
export function readBatch(
  source: BatchSource,
  records: ArrayLike<number>,
  shape: BatchShape,
  random: Random,
): TrainingBatch {
  const strips = Array.from(records, (record) => readStrips(source, record, shape, random)).flat();
  const length = strips.reduce((most, { rows }) => Math.max(most, rows.length - 1), 0);
  const total = strips.reduce((sum, { places }) => sum + places.length, 0);
  const dim = source.cross?.dim ?? 0;
  const batch = {
    users: strips.length,
    length,
    histories: new Int32Array(strips.length * length),
    places: new Int32Array(total),
    targets: new Int32Array(total),
    future: new Int32Array(total),
    crossVectors: new Float32Array(total * dim),
    gates: new Float32Array(total),
    ownPlaces: new Float32Array(total * dim),
    rowOfPlace: new Int32Array(strips.length * length),
  };
  let row = 0;
  strips.forEach(({ record, start, rows, timestampsMs, places, dropped }, user) => {
    batch.histories.set(rows.subarray(0, rows.length - 1), user * length);
    for (let i = 0; i < places.length; i++) {
      const place = places[i]!;
      if (place + 1 < rows.length) batch.rowOfPlace[user * length + place] = row;
      const reach = Math.min(shape.window, rows.length - place);
      batch.places[row] = user * (length + 1) + (dropped ? 0 : place);
      batch.targets[row] = rows[place]!;
      batch.future[row] = rows[place + random.below(reach)]!;
      source.cross?.read(record, timestampsMs[place]!, row, batch.crossVectors, batch.gates);
      source.cross?.readPlace(record, start + place, row, batch.ownPlaces);
      row++;
    }
  });
  return batch;
}

function readStrips(source: BatchSource, record: number, shape: BatchShape, random: Random): Strip[] {
  const events = targetEvents(source.learnt, source.rowOf, record);
  const most = shape.maxLength + 1;
  const count = events.rows.length;
  const end = count > most ? most + random.below(count - most + 1) : count;
  const start = Math.max(0, end - most);
  const rows = events.rows.subarray(start, end);
  const timestampsMs = events.timestampsMs.subarray(start, end);
  const dropped = random.bernoulli(shape.historyDropout);
  const first = shape.firstEvents ? 0 : 1;
  const targets = Math.max(0, rows.length - first);
  if (shape.cuts === 0) {
    const places = Int32Array.from({ length: targets }, (_, i) => first + i);
    return [{ record, start, rows, timestampsMs, places, dropped }];
  }
  const drawn = Array.from(random.choose(targets, Math.min(shape.cuts, targets)), (i) => first + i);
  return drawn.map((place) => {
    const upTo = rows.subarray(0, place + 1);
    return { record, start, rows: upTo, timestampsMs, places: [place], dropped };
  });
}
