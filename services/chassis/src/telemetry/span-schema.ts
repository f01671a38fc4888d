/** What is known of a span: what it times, and in which program. */
interface SpanEntry {
  readonly description: string;
}

/**
 * The spans of our own, by name. deploy/observability/telemetry.yaml is the published form and a test holds the two equal.
 * Spans of calls are named after their method (`isthmus.retrieval.v1.RetrievalService/Retrieve`) and not listed.
 */
export const spanSchema = {
  rank: { description: 'A ranking system asks for candidates: the root of a request.' },
  encode: {
    description: 'Turns the history of a user, or the features of an item, into tensors and vectors.',
  },
  represent: { description: 'Computes the cross-domain representation of users.' },
  score_causality: {
    description: 'Scores which source-domain events caused a preference in the target domain.',
  },
  cross_domain: {
    description: 'Obtains the cross-domain representation for a retrieval, by call or from the cache.',
  },
  posterior: { description: 'Computes the distribution over the next interests of a user.' },
  search: { description: 'Scans the interest-inverted index for the nearest items of each interest.' },
  merge: { description: 'Merges the lists of the interests to one, with the provenance of each hit.' },
  explain: { description: 'Attributes hits to the events that caused them.' },
  'catalogue.wait': { description: 'Waits until the replica has applied a sequence number.' },
  'catalogue.write': { description: 'Appends changes of items to the catalogue log.' },
  'catalogue.apply': { description: 'Applies entries of the catalogue log to the index of a replica.' },
  load: { description: 'Brings a model version to readiness, all stages.' },
  'load.fetch': { description: 'Reads the files of a model from the object store and checks their digests.' },
  'load.verify': { description: 'Verifies the attestation of a model against the policy of the server.' },
  'load.open': { description: 'Builds a model from its files.' },
  'load.warm': { description: 'Runs a model before its first request.' },
  'run.start': { description: 'Logs the commitment to a training run and draws its nonce.' },
  'run.commit': { description: 'Checks and keeps the commitments to segments of a training run.' },
  'run.finish': { description: 'Closes a training run and queues its replay.' },
  replay: { description: 'Replays a training run and compares it with what was committed.' },
  'replay.segment': {
    description: 'Replays one segment in a process of its own and compares the bytes of its end state.',
  },
  attest: { description: 'Makes, signs and publishes an attestation.' },
  'log.append': { description: 'Appends an entry to the transparency log and signs the new checkpoint.' },
  'log.read': { description: 'Reads tiles of the transparency log and makes a proof.' },
  train: { description: 'Trains a program from its first state to its last.' },
  'train.segment': { description: 'Trains one segment and commits its end state.' },
  evaluate: { description: 'Measures a model on held-out data.' },
} as const satisfies Readonly<Record<string, SpanEntry>>;

/** Names of the spans of our own. */
export type SpanName = keyof typeof spanSchema;
