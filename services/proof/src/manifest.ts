import { toHex } from './bytes.js';
import { canonicalJson, parseCanonicalJson } from './canonical-json.js';
import { taggedHash } from './hash.js';
import { JsonFields } from './json-fields.js';
import type { InputInfo, Json, JsonObject, KernelProfile, Plan } from './program.js';
import { ProofError } from './proof-error.js';

/** A data set that a run reads. */
export interface ManifestRecords {
  /** Number of records. */
  readonly size: number;
  /** Merkle root over the records, hexadecimal. */
  readonly root: string;
  /** What the data set says of itself. */
  readonly description: JsonObject;
  /** SHA-256 of the record set's description object in the store, hexadecimal. */
  readonly object: string;
}

/** A model whose files a run reads. */
export interface ManifestArtefact {
  /** SHA-256 of the file list, hexadecimal. */
  readonly digest: string;
  /** Id of the attestation of that model; null where it has none. */
  readonly attestationId: string | null;
}

/** All that decides a run before its seed is drawn: who, which program, which numbers, which inputs. */
export interface Manifest {
  readonly v: 1;
  /** SHA-256 of the prover's SubjectPublicKeyInfo, hexadecimal. */
  readonly proverKeyId: string;
  readonly program: {
    readonly name: string;
    readonly version: string;
    /** SHA-256 of the bundled module, hexadecimal. */
    readonly digest: string;
  };
  readonly kernelProfile: KernelProfile;
  /** What a person wrote; `plan` follows from it and the inputs. */
  readonly spec: JsonObject;
  readonly plan: Plan;
  readonly inputs: {
    readonly records: { readonly [name: string]: ManifestRecords };
    readonly artefacts: { readonly [name: string]: ManifestArtefact };
  };
  /** 32 bytes of the prover's own, hexadecimal: two runs of one plan differ. */
  readonly clientNonce: string;
}

/** Largest manifest in bytes. */
export const maxManifestBytes = 65_536;
/** Most steps of a run. */
export const maxRunSteps = 1_000_000_000;
/** Most segments of a run. */
export const maxRunSegments = 1_000_000;

/** The manifest as canonical JSON. Throws `MANIFEST_INVALID` where {@link parseManifest} would. */
export function encodeManifest(manifest: Manifest): Uint8Array {
  const bytes = canonicalJson(manifest as unknown as Json);
  parseManifest(bytes);
  return bytes;
}

/** Reads a manifest that was received. Throws `MANIFEST_INVALID`, or `JSON_INVALID` where it is not canonical JSON. */
export function parseManifest(bytes: Uint8Array): Manifest {
  const json = parseCanonicalJson(bytes, { maxBytes: maxManifestBytes });
  const fields = new JsonFields(json, 'MANIFEST_INVALID', 'manifest').only(
    'v',
    'proverKeyId',
    'program',
    'kernelProfile',
    'spec',
    'plan',
    'inputs',
    'clientNonce',
  );
  fields.integer('v', 1, 1);
  fields.sha256('proverKeyId');
  fields.sha256('clientNonce');
  fields.jsonObject('spec');
  const program = fields.object('program').only('name', 'version', 'digest');
  program.text('name', namePattern);
  program.text('version', versionPattern);
  program.sha256('digest');
  checkKernelProfile(fields.object('kernelProfile'));
  checkPlan(fields.object('plan'));
  checkInputs(fields.object('inputs').only('records', 'artefacts'));
  // The boundary: every member has been looked at, and no other is there.
  return json as unknown as Manifest;
}

/** C0, the commitment to a run: `SHA-256("pol/manifest/v1" || 0x00 || canonical JSON)`, 32 bytes. */
export function manifestDigest(manifestBytes: Uint8Array): Uint8Array {
  return taggedHash('pol/manifest/v1', manifestBytes);
}

/** What the program's `plan` may know of the inputs. */
export function manifestInputInfo(manifest: Manifest): InputInfo {
  const records: { [name: string]: { size: number; root: string; description: JsonObject } } = {};
  for (const [name, { size, root, description }] of Object.entries(manifest.inputs.records)) {
    records[name] = { size, root, description };
  }
  const artefacts: { [name: string]: { digest: string } } = {};
  for (const [name, { digest }] of Object.entries(manifest.inputs.artefacts)) artefacts[name] = { digest };
  return { records, artefacts };
}

/** Throws `MANIFEST_INVALID` where the program's own plan differs from the manifest's in any number. */
export function requirePlan(manifest: Manifest, plan: Plan): void {
  const [planned, declared] = [plan, manifest.plan].map((value) =>
    toHex(canonicalJson(value as unknown as Json)),
  );
  if (planned !== declared) {
    throw new ProofError(
      'MANIFEST_INVALID',
      'manifest.plan: the program makes another plan of this spec and inputs',
    );
  }
}

const namePattern = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const versionPattern = /^[0-9A-Za-z][0-9A-Za-z.+-]{0,63}$/;
const maxInputs = 64;

function checkKernelProfile(profile: JsonFields): void {
  profile.only('name', 'version', 'wasmSha256', 'canarySha256');
  profile.text('name', namePattern);
  profile.text('version', versionPattern);
  profile.sha256('wasmSha256');
  profile.sha256('canarySha256');
}

function checkPlan(plan: JsonFields): void {
  plan.only('maxSteps', 'segmentSteps', 'values');
  const maxSteps = plan.integer('maxSteps', 1, maxRunSteps);
  const segmentSteps = plan.integer('segmentSteps', 1, maxRunSteps);
  if (Math.ceil(maxSteps / segmentSteps) > maxRunSegments) {
    plan.fail('segmentSteps', `${maxSteps} steps make more than ${maxRunSegments} segments`);
  }
  plan.jsonObject('values');
}

function checkInputs(inputs: JsonFields): void {
  const records = inputs.object('records');
  for (const name of inputNames(records)) {
    const set = records.object(name).only('size', 'root', 'description', 'object');
    set.integer('size', 0, 2 ** 32 - 1);
    set.sha256('root');
    set.jsonObject('description');
    set.sha256('object');
  }
  const artefacts = inputs.object('artefacts');
  for (const name of inputNames(artefacts)) {
    const artefact = artefacts.object(name).only('digest', 'attestationId');
    artefact.sha256('digest');
    if (artefact.value('attestationId') !== null) artefact.sha256('attestationId');
  }
}

function inputNames(fields: JsonFields): string[] {
  if (fields.names.length > maxInputs) fields.fail('*', `more than ${maxInputs} inputs`);
  for (const name of fields.names) if (!namePattern.test(name)) fields.fail(name, 'is no name of an input');
  return fields.names;
}
