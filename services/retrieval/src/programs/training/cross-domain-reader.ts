import {
  decodeRepresentationVectors,
  type Inputs,
  type RepresentationVectors,
  representationRow,
} from '@isthmus/learning';

/** Looks up the representation of a record as it was just before a time. */
export interface CrossDomainReader {
  readonly dim: number;
  /** Where each item of the data set lies in the space of the vectors, `[items, dim]`. */
  readonly items: Float32Array;
  /** Writes where the item of a record's target event (from 0, oldest first) would lie without the user, at position `row`. */
  readPlace(record: number, event: number, row: number, places: Float32Array): void;
  /** Writes the vector to `vectors` and the gate to `gates` at position `row`. */
  read(record: number, timeMs: number, row: number, vectors: Float32Array, gates: Float32Array): void;
}

/** Name of the artefact that the representation model's files come under. */
export const representationArtefact = 'representation';

/** Opens the declared representation; undefined where none is declared. Decoded once for each `Inputs` object. */
export function openCrossDomain(inputs: Inputs): CrossDomainReader | undefined {
  const artefact = inputs.artefact(representationArtefact);
  if (artefact === undefined) return undefined;
  let vectors = decoded.get(inputs);
  if (vectors === undefined) {
    vectors = decodeRepresentationVectors((name) => artefact.file(name));
    decoded.set(inputs, vectors);
  }
  return readerOf(vectors);
}

function readerOf(vectors: RepresentationVectors): CrossDomainReader {
  const { dim, items } = vectors;
  return {
    dim,
    items,
    readPlace(record, event, row, places) {
      const found = vectors.eventOffsets[record]! + event;
      places.set(vectors.events.subarray(found * dim, (found + 1) * dim), row * dim);
    },
    read(record, timeMs, row, out, gates) {
      const found = representationRow(vectors, record, timeMs);
      out.set(vectors.vectors.subarray(found * dim, (found + 1) * dim), row * dim);
      gates[row] = vectors.gates[found]!;
    },
  };
}

const decoded = new WeakMap<Inputs, RepresentationVectors>();
