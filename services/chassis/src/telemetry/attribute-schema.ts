/** What is known of an attribute. */
interface AttributeEntry {
  readonly type: 'string' | 'int' | 'double' | 'boolean';
  readonly description: string;
}

/**
 * The attributes that we write on spans and metrics, by name. None may hold the id of a user, an item of a history or a
 * payload. Published like the spans.
 */
export const attributeSchema = {
  // Of the semantic conventions.
  'rpc.system.name': { type: 'string', description: 'Always grpc.' },
  'rpc.method': { type: 'string', description: 'Full name of the method, package.Service/Method.' },
  'rpc.status_code': {
    type: 'string',
    description: 'Name of the status, for example OK or DEADLINE_EXCEEDED.',
  },
  'error.type': {
    type: 'string',
    description: 'Reason of the failure, or the name of the status or of the error.',
  },
  'server.address': { type: 'string', description: 'Host of the server that is called.' },
  'server.port': { type: 'int', description: 'Port of the server that is called.' },
  'network.peer.address': { type: 'string', description: 'Address of the other end of the connection.' },
  'network.peer.port': { type: 'int', description: 'Port of the other end of the connection.' },
  // Of our own.
  'isthmus.model.name': { type: 'string', description: 'Name of the model.' },
  'isthmus.model.version': { type: 'string', description: 'Version of the model.' },
  'isthmus.model.digest': { type: 'string', description: 'SHA-256 of the file list of the model.' },
  'isthmus.model.bytes': { type: 'int', description: 'Total size of the files of the model, in bytes.' },
  'isthmus.outcome': {
    type: 'string',
    description: 'How it ended, a word of a small fixed set: ok, failed, hit, miss …',
  },
  'isthmus.admission.mode': { type: 'string', description: 'Policy of the server: off, warn or enforce.' },
  'isthmus.admission.assurance': { type: 'string', description: 'What the attestation says was verified.' },
  'isthmus.domain': { type: 'string', description: 'Domain of items, for example food.' },
  'isthmus.users': { type: 'int', description: 'Users handled together.' },
  'isthmus.events': { type: 'int', description: 'Events of the history that are used.' },
  'isthmus.interests': { type: 'int', description: 'Interests that are searched.' },
  'isthmus.candidates': { type: 'int', description: 'Items that are scanned.' },
  'isthmus.k': { type: 'int', description: 'Items asked for.' },
  'isthmus.hits': { type: 'int', description: 'Items returned.' },
  'isthmus.items': { type: 'int', description: 'Items written, deleted or encoded.' },
  'isthmus.plan': { type: 'string', description: 'How a search was carried out.' },
  'isthmus.cross_domain': { type: 'string', description: 'What became of the cross-domain representation.' },
  'isthmus.sequence': { type: 'int', description: 'Sequence number of the catalogue log.' },
  'isthmus.run.id': { type: 'string', description: 'Training run.' },
  'isthmus.program': { type: 'string', description: 'Training program, by name.' },
  'isthmus.phase': { type: 'string', description: 'Phase of a training program.' },
  'isthmus.segment': { type: 'int', description: 'Index of a segment of a run.' },
  'isthmus.segments': { type: 'int', description: 'Segments of a run.' },
  'isthmus.steps': { type: 'int', description: 'Training steps.' },
  'isthmus.verdict': { type: 'string', description: 'Verdict on a run or on a segment.' },
  'isthmus.attestation.id': { type: 'string', description: 'Attestation.' },
  'isthmus.log.index': { type: 'int', description: 'Index of an entry of the transparency log.' },
} as const satisfies Readonly<Record<string, AttributeEntry>>;

/** Names of the attributes. */
export type AttributeName = keyof typeof attributeSchema;

/** Attributes of a span or of a measurement; an absent value writes nothing. */
export type TelemetryAttributes = {
  readonly [N in AttributeName]?: string | number | boolean | undefined;
};
