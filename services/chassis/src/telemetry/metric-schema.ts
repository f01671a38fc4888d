/** What is known of a metric. Units are UCUM codes, as OpenTelemetry wants them. */
interface MetricEntry {
  readonly kind: 'counter' | 'histogram' | 'gauge';
  readonly unit: string;
  readonly description: string;
}

/** The metrics that we write, by name, those of the semantic conventions included. Published like the spans. */
export const metricSchema = {
  'rpc.server.call.duration': {
    kind: 'histogram',
    unit: 's',
    description: 'Duration of calls received, from the first byte to the status.',
  },
  'rpc.client.call.duration': {
    kind: 'histogram',
    unit: 's',
    description: 'Duration of calls sent, retries included.',
  },
  'isthmus.model.ready': {
    kind: 'gauge',
    unit: '{version}',
    description: 'Model versions that answer requests.',
  },
  'isthmus.model.loads': {
    kind: 'counter',
    unit: '{load}',
    description: 'Loads of model versions, by outcome.',
  },
  'isthmus.model.load.duration': {
    kind: 'histogram',
    unit: 's',
    description: 'Time from the start of a load to readiness or failure.',
  },
  'isthmus.admission.decisions': {
    kind: 'counter',
    unit: '{decision}',
    description: 'Decisions about the attestation of a model at load.',
  },
  'isthmus.posterior.cache.lookups': {
    kind: 'counter',
    unit: '{lookup}',
    description: 'Lookups in the cache of posteriors, by outcome.',
  },
  'isthmus.representation.cache.lookups': {
    kind: 'counter',
    unit: '{lookup}',
    description: 'Lookups in the cache of cross-domain representations, by outcome.',
  },
  'isthmus.cross_domain.outcomes': {
    kind: 'counter',
    unit: '{request}',
    description: 'Retrievals by what became of the cross-domain representation.',
  },
  'isthmus.search.candidates': {
    kind: 'histogram',
    unit: '{item}',
    description: 'Items scanned for one retrieval.',
  },
  'isthmus.retrieval.hits': {
    kind: 'histogram',
    unit: '{item}',
    description: 'Items returned by one retrieval.',
  },
  'isthmus.batch.size': {
    kind: 'histogram',
    unit: '{request}',
    description: 'Requests answered by one forward pass.',
  },
  'isthmus.catalogue.sequence': {
    kind: 'gauge',
    unit: '{entry}',
    description: 'Last entry of the catalogue log that this replica has applied.',
  },
  'isthmus.catalogue.lag': {
    kind: 'gauge',
    unit: '{entry}',
    description: 'Entries of the catalogue log that this replica has not applied yet.',
  },
  'isthmus.catalogue.items': {
    kind: 'gauge',
    unit: '{item}',
    description: 'Items of the index of this replica.',
  },
  'isthmus.catalogue.writes': { kind: 'counter', unit: '{item}', description: 'Items written or deleted.' },
  'isthmus.runs.open': {
    kind: 'gauge',
    unit: '{run}',
    description: 'Training runs that have started and not ended.',
  },
  'isthmus.replay.segments': {
    kind: 'counter',
    unit: '{segment}',
    description: 'Segments replayed, by verdict.',
  },
  'isthmus.replay.segment.duration': {
    kind: 'histogram',
    unit: 's',
    description: 'Time to replay one segment.',
  },
  'isthmus.replay.queue.depth': {
    kind: 'gauge',
    unit: '{segment}',
    description: 'Segments that wait for a replay worker.',
  },
  'isthmus.attestation.verdicts': { kind: 'counter', unit: '{run}', description: 'Runs judged, by verdict.' },
  'isthmus.log.size': { kind: 'gauge', unit: '{entry}', description: 'Entries of the transparency log.' },
  'isthmus.train.steps': { kind: 'counter', unit: '{step}', description: 'Training steps taken.' },
} as const satisfies Readonly<Record<string, MetricEntry>>;

/** Names of the metrics. */
export type MetricName = keyof typeof metricSchema;

/** Names of the metrics of one kind. */
export type MetricOfKind<K extends MetricEntry['kind']> = {
  [N in MetricName]: (typeof metricSchema)[N]['kind'] extends K ? N : never;
}[MetricName];
