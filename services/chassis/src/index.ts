export { Admission, type AdmissionPolicy, type Admitted, type Candidate } from './admission/admission.js';
export { type FetchedModel, fetchModel } from './admission/fetch-model.js';
export { readTrustFile, type TrustFile } from './admission/trust-file.js';
export { type ClientClass, type ClientOptions, connect } from './client/connect.js';
export type { RetryPolicy } from './client/retry-policy.js';
export type {
  BidiStream,
  CallSettings,
  ClientMethod,
  ResponseStream,
  ServiceClient,
} from './client/service-client.js';
export { ConfigurationError } from './configuration/configuration-error.js';
export {
  type BaseConfiguration,
  type Condition,
  type ConfigurationExtras,
  type ConfigurationSpec,
  defineConfiguration,
} from './configuration/define-configuration.js';
export {
  type ConfigurationReading,
  type ConfigurationSources,
  loadConfiguration,
  readConfiguration,
} from './configuration/load-configuration.js';
export {
  type Option,
  type OptionNotes,
  type OptionTree,
  option,
  type ValuesOf,
} from './configuration/option.js';
export type { Database } from './database/database.js';
export type { Migration } from './database/migrate.js';
export { type DatabaseConfiguration, openDatabase } from './database/open-database.js';
export type { TransactionOptions } from './database/transaction.js';
export { type BatchOutcome, batchOutcome } from './errors/batch-outcome.js';
export { codeOfReason, type ErrorReasonName, isErrorReasonName } from './errors/error-reason.js';
export { type FailureOptions, type FieldViolation, failure, IsthmusError } from './errors/isthmus-error.js';
export { requireKnownDomains } from './errors/known-domains.js';
export { fromServiceError, toServiceError } from './errors/service-error.js';
export { errorDomain, fromStatusProto, toStatusProto } from './errors/status-proto.js';
export { toIsthmusError } from './errors/to-isthmus-error.js';
export { Health, type ServingStatus } from './health/health.js';
export { type Clock, systemClock } from './lifecycle/clock.js';
export { Lifecycle, type LifecycleState } from './lifecycle/lifecycle.js';
export { createLogger, type LoggerOptions } from './logging/create-logger.js';
export type { Lease } from './model-host/hosted-version.js';
export { ModelHost } from './model-host/model-host.js';
export type { ModelHostOptions, ModelKind, ModelToLoad } from './model-host/model-kind.js';
export { modelServiceBinding } from './model-host/model-service.js';
export { modelsOption, type OpenedModelHost, openModelHost } from './model-host/open-model-host.js';
export type { ObjectStore } from './objects/object-store.js';
export { openObjectStore } from './objects/open-object-store.js';
export type { ProgramContext, ProgramDefinition, ProgramParts } from './program/program-definition.js';
export { runProgram } from './program/run-program.js';
export { ModelRegistry, type RegisteredVersion, type RegistryState } from './registry/model-registry.js';
export { decodePageToken, encodePageToken, pageLimit } from './registry/page-token.js';
export { type RepeatableRequest, RequestLog } from './registry/request-log.js';
export { createThrowAwayAuthority } from './security/certificate-authority.js';
export {
  type ConnectionSecurity,
  channelCredentialsOf,
  readConnectionSecurity,
  type SecurityFlags,
} from './security/connection-security.js';
export {
  ensureMeshCertificates,
  type MeshIdentity,
  meshRoles,
  meshTlsFiles,
  writeMeshCertificates,
} from './security/mesh-certificates.js';
export { methodRoles } from './security/method-roles.js';
export { type RoleName, roleNames } from './security/role.js';
export type { TlsFiles } from './security/tls-material.js';
export {
  bindService,
  type Handler,
  type Handlers,
  type MethodTable,
  type ServiceBinding,
} from './server/bind-service.js';
export type { CallContext } from './server/call-context.js';
export {
  type RunningServer,
  type ServerOptions,
  type ServerSettings,
  startServer,
} from './server/start-server.js';
export type { AttributeName, TelemetryAttributes } from './telemetry/attribute-schema.js';
export type { MetricName } from './telemetry/metric-schema.js';
export type { CollectedLog, CollectedMetric, CollectedSpan } from './telemetry/otlp-json.js';
export { type RenderOptions, renderTraceTree } from './telemetry/render-trace-tree.js';
export type { SpanName } from './telemetry/span-schema.js';
export { startTelemetry, type TelemetryOptions } from './telemetry/start-telemetry.js';
export type { OpenSpan, Telemetry } from './telemetry/telemetry.js';
export {
  startTraceCollector,
  type TraceCollector,
  type TraceCollectorOptions,
} from './telemetry/trace-collector.js';
export { serviceEdges, type TraceNode } from './telemetry/trace-tree.js';
export { fieldInvalid, type RequestValidator, requestValidator } from './validation/request-validator.js';
