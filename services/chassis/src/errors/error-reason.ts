import { status } from '@grpc/grpc-js';
import type { ErrorReason } from '@isthmus/proto/isthmus/model/v1/errors.js';

type NameOf<K> = K extends `ERROR_REASON_${infer Name}` ? Name : never;

/** Every reason of the contract's enum `ErrorReason`, without its prefix. Adding one there is a compile error here. */
export type ErrorReasonName = Exclude<NameOf<keyof typeof ErrorReason>, 'UNSPECIFIED'>;

/** The canonical code of each reason. A test holds the table against the comments of errors.proto. */
export const codeOfReason: Readonly<Record<ErrorReasonName, status>> = {
  FIELD_INVALID: status.INVALID_ARGUMENT,
  DEADLINE_REQUIRED: status.INVALID_ARGUMENT,
  MESSAGE_TOO_LARGE: status.RESOURCE_EXHAUSTED,
  PAGE_TOKEN_INVALID: status.INVALID_ARGUMENT,
  REQUEST_ID_REUSED: status.ALREADY_EXISTS,
  OVERLOADED: status.RESOURCE_EXHAUSTED,
  DRAINING: status.UNAVAILABLE,
  DEPENDENCY_UNAVAILABLE: status.UNAVAILABLE,
  INTERNAL: status.INTERNAL,
  DEADLINE_EXCEEDED: status.DEADLINE_EXCEEDED,
  CANCELLED: status.CANCELLED,
  METHOD_NOT_FOUND: status.UNIMPLEMENTED,
  IDENTITY_REQUIRED: status.UNAUTHENTICATED,
  ROLE_REQUIRED: status.PERMISSION_DENIED,

  MODEL_NOT_FOUND: status.NOT_FOUND,
  MODEL_VERSION_NOT_FOUND: status.NOT_FOUND,
  MODEL_LABEL_NOT_FOUND: status.NOT_FOUND,
  MODEL_NOT_READY: status.FAILED_PRECONDITION,
  MODEL_UNATTESTED: status.FAILED_PRECONDITION,
  MODEL_ALTERED: status.FAILED_PRECONDITION,
  MODEL_NOT_ADMITTED: status.FAILED_PRECONDITION,
  MODEL_INCOMPATIBLE: status.FAILED_PRECONDITION,
  MODEL_VERSION_EXISTS: status.ALREADY_EXISTS,
  MODEL_IN_USE: status.FAILED_PRECONDITION,
  OPERATION_NOT_FOUND: status.NOT_FOUND,

  DOMAIN_UNKNOWN: status.INVALID_ARGUMENT,
  ITEM_UNKNOWN: status.NOT_FOUND,
  DIMENSION_MISMATCH: status.INVALID_ARGUMENT,
  VECTOR_NOT_FINITE: status.INVALID_ARGUMENT,
  VECTOR_MALFORMED: status.INVALID_ARGUMENT,
  SEQUENCE_NOT_REACHED: status.DEADLINE_EXCEEDED,
  CROSS_DOMAIN_UNAVAILABLE: status.FAILED_PRECONDITION,
  ITEM_NOT_ENCODABLE: status.INVALID_ARGUMENT,

  RUN_NOT_FOUND: status.NOT_FOUND,
  RUN_STATE_CONFLICT: status.FAILED_PRECONDITION,
  MANIFEST_INVALID: status.INVALID_ARGUMENT,
  SIGNATURE_INVALID: status.INVALID_ARGUMENT,
  PROGRAM_NOT_ALLOWED: status.PERMISSION_DENIED,
  OBJECT_NOT_FOUND: status.FAILED_PRECONDITION,
  OBJECT_DIGEST_MISMATCH: status.INVALID_ARGUMENT,
  CHAIN_BROKEN: status.INVALID_ARGUMENT,
  ATTESTATION_NOT_FOUND: status.NOT_FOUND,
  BUNDLE_MALFORMED: status.INVALID_ARGUMENT,
  LOG_ENTRY_NOT_FOUND: status.NOT_FOUND,
  LOG_SIZE_OUT_OF_RANGE: status.INVALID_ARGUMENT,
  RUN_QUOTA_EXCEEDED: status.RESOURCE_EXHAUSTED,
};

/** Whether a string that came over the wire names a reason that this version knows. */
export function isErrorReasonName(value: string): value is ErrorReasonName {
  return Object.hasOwn(codeOfReason, value);
}
