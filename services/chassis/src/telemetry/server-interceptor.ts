import {
  ResponderBuilder,
  ServerInterceptingCall,
  type ServerInterceptingCallInterface,
  type ServerInterceptor,
  ServerListenerBuilder,
  status,
} from '@grpc/grpc-js';
import {
  type Context,
  context,
  type Histogram,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { endedCode } from '../server/call-record.js';
import { isProbe, isRpcError, rpcAttributes, rpcMethod } from './rpc-conventions.js';
import { extractTrace } from './trace-metadata.js';

/**
 * Writes a span and a duration for each call received, and makes the span active inside the handler, so that spans and
 * calls of the handler become its children. An unsampled call gets a span that records nothing and no attributes.
 */
export function serverInterceptor(tracer: Tracer, durations: Histogram): ServerInterceptor {
  return (method, call) => {
    if (isProbe(method.path)) return new ServerInterceptingCall(call);
    const record = new ReceivedCall(tracer, durations, rpcMethod(method.path), call);
    const listener = new ServerListenerBuilder()
      .withOnReceiveMetadata((metadata, next) => {
        record.start(extractTrace(metadata));
        context.with(record.context, next, undefined, metadata);
      })
      .withOnReceiveMessage((message, next) => context.with(record.context, next, undefined, message))
      .withOnReceiveHalfClose((next) => context.with(record.context, next))
      .withOnCancel(() => record.cancel())
      .build();
    const responder = new ResponderBuilder()
      .withStart((next) => next(listener))
      .withSendStatus((answer, next) => {
        record.end(answer.code);
        next(answer);
      })
      .build();
    return new ServerInterceptingCall(call, responder);
  };
}

class ReceivedCall {
  context: Context = ROOT_CONTEXT;
  readonly #tracer: Tracer;
  readonly #durations: Histogram;
  readonly #method: string;
  readonly #call: ServerInterceptingCallInterface;
  readonly #startedAt = performance.now();
  #span: Span | undefined;
  #ended = false;

  constructor(tracer: Tracer, durations: Histogram, method: string, call: ServerInterceptingCallInterface) {
    this.#tracer = tracer;
    this.#durations = durations;
    this.#method = method;
    this.#call = call;
  }

  start(parent: Context): void {
    this.#span = this.#tracer.startSpan(this.#method, { kind: SpanKind.SERVER }, parent);
    this.context = trace.setSpan(parent, this.#span);
  }

  /** The caller went away, or its deadline passed: gRPC tells both the same way. */
  cancel(): void {
    const deadline = this.#call.getDeadline();
    const isLate = Number(deadline instanceof Date ? deadline.getTime() : deadline) <= Date.now();
    this.end(endedCode(this.#call) ?? (isLate ? status.DEADLINE_EXCEEDED : status.CANCELLED));
  }

  end(code: status): void {
    if (this.#ended) return;
    this.#ended = true;
    const attributes = rpcAttributes('server', this.#method, code);
    this.#durations.record((performance.now() - this.#startedAt) / 1000, attributes, this.context);
    const span = this.#span;
    if (!span?.isRecording()) return;
    const { remoteAddress, remotePort } = this.#call.getConnectionInfo();
    span.setAttributes({
      ...attributes,
      ...(remoteAddress === undefined ? {} : { 'network.peer.address': remoteAddress }),
      ...(remotePort === undefined ? {} : { 'network.peer.port': remotePort }),
    });
    if (isRpcError('server', code)) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  }
}
