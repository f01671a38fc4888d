export { codeOfReason, type ErrorReasonName, isErrorReasonName } from './error-reason.js';
export { type FailureOptions, type FieldViolation, failure, IsthmusError } from './isthmus-error.js';
export { fromServiceError, toServiceError } from './service-error.js';
export { errorDomain, fromStatusProto, toStatusProto } from './status-proto.js';
export { toIsthmusError } from './to-isthmus-error.js';
