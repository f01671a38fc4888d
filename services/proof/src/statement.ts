import { canonicalJson, parseStrictJson } from './canonical-json.js';
import { encodeFileList, type FileEntry, modelDigest } from './file-list.js';
import { JsonFields } from './json-fields.js';
import { type ProofOfLearning, proofOfLearningPredicateType, type Sha256Digest } from './predicate.js';
import { parsePredicate } from './predicate-parse.js';
import type { Json } from './program.js';
import { ProofError } from './proof-error.js';

/** Type of an in-toto statement, version 1. */
export const statementType = 'https://in-toto.io/Statement/v1';

/** Payload type of an in-toto statement in a DSSE envelope. */
export const statementPayloadType = 'application/vnd.in-toto+json';

/**
 * Name of the subject whose digest is that of the file list: it stands for the model as a whole. No file can have this
 * name, since names of files hold no colon.
 */
export const modelSubjectName = 'model:file-list';

/** Largest statement in bytes: three quarters of a bundle, since the bundle holds it in base64. */
export const maxStatementBytes = 180_000;

/** Something that a statement is about, matched by its digest. */
export interface Subject {
  readonly name: string;
  readonly digest: Sha256Digest;
}

/** An in-toto statement with a proof of learning. */
export interface ProofStatement {
  readonly subject: readonly Subject[];
  readonly predicateType: string;
  readonly predicate: ProofOfLearning;
}

/** The statement about a model of these files, as canonical JSON. Throws `STATEMENT_MALFORMED` or `FILE_LIST_INVALID`. */
export function encodeStatement(files: readonly FileEntry[], predicate: ProofOfLearning): Uint8Array {
  const subject: Subject[] = [
    { name: modelSubjectName, digest: { sha256: modelDigest(encodeFileList(files)) } },
    ...[...files]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
  ];
  const bytes = canonicalJson({
    _type: statementType,
    subject,
    predicateType: proofOfLearningPredicateType,
    predicate,
  } as unknown as Json);
  parseStatement(bytes, [proofOfLearningPredicateType]);
  return bytes;
}

/**
 * Reads the payload of a verified envelope. Unknown members are ignored, as in-toto asks; what is known must be well
 * formed and consistent. Throws `STATEMENT_MALFORMED`, or `PREDICATE_TYPE` where the type is not an accepted one.
 */
export function parseStatement(
  payload: Uint8Array,
  acceptedPredicateTypes: readonly string[],
): ProofStatement {
  const fields = new JsonFields(strictJson(payload), 'STATEMENT_MALFORMED', 'statement');
  fields.word('_type', [statementType]);
  const predicateType = fields.text('predicateType', /^[\x21-\x7e]{1,512}$/);
  if (!acceptedPredicateTypes.includes(predicateType)) {
    throw new ProofError('PREDICATE_TYPE', `the statement has the predicate type ${predicateType}`);
  }
  const subject = fields.array('subject').map((value, index): Subject => {
    const entry = new JsonFields(value, 'STATEMENT_MALFORMED', `statement.subject[${index}]`);
    return {
      name: entry.text('name', /^.{1,512}$/u),
      digest: { sha256: entry.object('digest').sha256('sha256') },
    };
  });
  if (subject.length === 0) fields.fail('subject', 'is empty');
  if (new Set(subject.map(({ name }) => name)).size !== subject.length)
    fields.fail('subject', 'two have one name');
  return { subject, predicateType, predicate: parsePredicate(fields.object('predicate')) };
}

function strictJson(payload: Uint8Array): Json {
  try {
    return parseStrictJson(payload, { maxBytes: maxStatementBytes });
  } catch (cause) {
    throw new ProofError('STATEMENT_MALFORMED', `statement: ${(cause as Error).message}`, { cause });
  }
}
