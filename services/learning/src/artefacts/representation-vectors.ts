/**
 * Cross-domain representations of users as files: what the representation program exports and the retrieval program
 * reads. A row is the representation of one user given the source events strictly before its cut. The items that lie in the
 * same space come with them.
 */
export interface RepresentationVectors {
  /** Length of a vector. */
  readonly dim: number;
  /** Rows of record i are `offsets[i]` to `offsets[i + 1] - 1`, at least one; `[records + 1]`. */
  readonly offsets: Uint32Array;
  /** Cut of each row, Unix time in milliseconds; ascending inside a record, the last one is Infinity. `[rows]` */
  readonly cutMs: Float64Array;
  /** How much of the representation rests on causes, 0 to 1. `[rows]` */
  readonly gates: Float32Array;
  /** `[rows, dim]`, row-major. */
  readonly vectors: Float32Array;
  /**
   * Where each item of the data set lies in the space of the vectors, `[items, dim]`, row-major: at most of length 1, the
   * shorter the less is known of the item, zeros for nothing.
   */
  readonly items: Float32Array;
  /** Target events of record i are `eventOffsets[i]` to `eventOffsets[i + 1] - 1`, oldest first; `[records + 1]`. */
  readonly eventOffsets: Uint32Array;
  /** Where the item of each target event would lie had its user never been there, `[events, dim]`. */
  readonly events: Float32Array;
}

/** Name of the format in `vectors.json`. */
export const representationVectorsFormat = 'isthmus-representation-vectors/v1';
/** Names of the files. */
export const representationVectorsFiles = {
  header: 'vectors.json',
  content: 'vectors.bin',
  items: 'items.bin',
  events: 'events.bin',
} as const;

/**
 * The files: `vectors.json` with format, dim, records, rows, items and events, `vectors.bin`, little-endian: u32 offsets,
 * f64 cuts, f32 gates, f32 vectors, `items.bin`: f32 vectors, and `events.bin`: u32 offsets,
 * f32 vectors. Throws an Error where the parts contradict each other.
 */
export function encodeRepresentationVectors(parts: RepresentationVectors): Map<string, Uint8Array> {
  checkRows(parts);
  const { dim, offsets, cutMs, gates, vectors, items, eventOffsets, events } = parts;
  const header = {
    format: representationVectorsFormat,
    dim,
    records: offsets.length - 1,
    rows: cutMs.length,
    items: items.length / dim,
    events: events.length / dim,
  };
  const content = new Uint8Array(contentBytes(header.records, header.rows, dim));
  const view = new DataView(content.buffer);
  const { cuts, gates: gateStart, vectors: vectorStart } = starts(header.records, header.rows);
  offsets.forEach((value, i) => {
    view.setUint32(4 * i, value, true);
  });
  cutMs.forEach((value, i) => {
    view.setFloat64(cuts + 8 * i, value, true);
  });
  gates.forEach((value, i) => {
    view.setFloat32(gateStart + 4 * i, value, true);
  });
  vectors.forEach((value, i) => {
    view.setFloat32(vectorStart + 4 * i, value, true);
  });
  return new Map([
    [representationVectorsFiles.header, new TextEncoder().encode(JSON.stringify(header))],
    [representationVectorsFiles.content, content],
    [representationVectorsFiles.items, encodeValues([], items)],
    [representationVectorsFiles.events, encodeValues(eventOffsets, events)],
  ]);
}

/**
 * Reads what {@link encodeRepresentationVectors} wrote. Throws an Error that says what is wrong with the files.
 *
 * @param file content of a file by name, for example `ArtefactInput.file`
 */
export function decodeRepresentationVectors(file: (name: string) => Uint8Array): RepresentationVectors {
  const { dim, records, rows, items, events } = parseHeader(file(representationVectorsFiles.header));
  const content = requireSize(file, representationVectorsFiles.content, contentBytes(records, rows, dim));
  const itemContent = requireSize(file, representationVectorsFiles.items, 4 * items * dim);
  const eventStart = 4 * (records + 1);
  const eventContent = requireSize(file, representationVectorsFiles.events, eventStart + 4 * events * dim);
  const { cuts, gates, vectors } = starts(records, rows);
  // Copies, because a column may start at an odd place of the file; `Buffer.slice`, unlike `Uint8Array.slice`, makes none.
  const copy = (from: number, to: number, of = content) => new Uint8Array(of.subarray(from, to)).buffer;
  const parts = {
    dim,
    offsets: new Uint32Array(copy(0, cuts)),
    cutMs: new Float64Array(copy(cuts, gates)),
    gates: new Float32Array(copy(gates, vectors)),
    vectors: new Float32Array(copy(vectors, content.length)),
    items: new Float32Array(copy(0, itemContent.length, itemContent)),
    eventOffsets: new Uint32Array(copy(0, eventStart, eventContent)),
    events: new Float32Array(copy(eventStart, eventContent.length, eventContent)),
  };
  checkRows(parts);
  return parts;
}

/**
 * The row that represents a user just before a time: the one with the smallest cut that is not before it.
 *
 * @param timeMs Unix time in milliseconds; Infinity for all events
 */
export function representationRow(parts: RepresentationVectors, record: number, timeMs: number): number {
  let low = parts.offsets[record]!;
  let high = parts.offsets[record + 1]! - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (parts.cutMs[middle]! >= timeMs) high = middle;
    else low = middle + 1;
  }
  return low;
}

function encodeValues(offsets: ArrayLike<number>, values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(4 * (offsets.length + values.length));
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < offsets.length; i++) view.setUint32(4 * i, offsets[i]!, true);
  values.forEach((value, i) => {
    view.setFloat32(4 * (offsets.length + i), value, true);
  });
  return bytes;
}

function requireSize(file: (name: string) => Uint8Array, name: string, sizeBytes: number): Uint8Array {
  const content = file(name);
  if (content.length !== sizeBytes)
    throw new Error(`${name} has ${content.length} bytes, its header asks for ${sizeBytes}`);
  return content;
}

/** Byte offsets of the columns after the first. */
function starts(records: number, rows: number): { cuts: number; gates: number; vectors: number } {
  const cuts = 4 * (records + 1);
  return { cuts, gates: cuts + 8 * rows, vectors: cuts + 12 * rows };
}

function contentBytes(records: number, rows: number, dim: number): number {
  return starts(records, rows).vectors + 4 * rows * dim;
}

function parseHeader(bytes: Uint8Array): {
  readonly dim: number;
  readonly records: number;
  readonly rows: number;
  readonly items: number;
  readonly events: number;
} {
  const header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Record<
    string,
    unknown
  >;
  if (header.format !== representationVectorsFormat) {
    throw new Error(
      `the representation vectors have the format ${header.format}, not ${representationVectorsFormat}`,
    );
  }
  const count = (name: string): number => {
    const value = header[name];
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
      throw new Error(`${representationVectorsFiles.header} has no valid '${name}'`);
    }
    return value;
  };
  return {
    dim: count('dim'),
    records: count('records'),
    rows: count('rows'),
    items: count('items'),
    events: count('events'),
  };
}

function checkRows({
  dim,
  offsets,
  cutMs,
  gates,
  vectors,
  items,
  eventOffsets,
  events,
}: RepresentationVectors): void {
  const rows = cutMs.length;
  if (
    gates.length !== rows ||
    vectors.length !== rows * dim ||
    items.length % dim !== 0 ||
    offsets[0] !== 0 ||
    offsets.at(-1) !== rows
  ) {
    throw new Error('the parts of the representation vectors do not fit together');
  }
  for (let record = 0; record + 1 < offsets.length; record++) {
    const [start, end] = [offsets[record]!, offsets[record + 1]!];
    if (end <= start || cutMs[end - 1] !== Number.POSITIVE_INFINITY) {
      throw new Error(`record ${record} has no last row for all of its events`);
    }
    for (let row = start + 1; row < end; row++) {
      if (!(cutMs[row - 1]! < cutMs[row]!)) throw new Error(`the cuts of record ${record} do not ascend`);
    }
  }
  if (!gates.every((gate) => gate >= 0 && gate <= 1)) throw new Error('a gate is outside of 0 to 1');
  if (!vectors.every(Number.isFinite)) throw new Error('a representation vector is not finite');
  if (
    eventOffsets.length !== offsets.length ||
    eventOffsets[0] !== 0 ||
    eventOffsets.at(-1) !== events.length / dim ||
    !eventOffsets.every((offset, record) => record === 0 || offset >= eventOffsets[record - 1]!)
  ) {
    throw new Error('the offsets of the target events do not fit');
  }
  if (!events.every(Number.isFinite)) throw new Error('the vector of an event is not finite');
  if (!items.every(Number.isFinite)) throw new Error('the vector of an item is not finite');
}
