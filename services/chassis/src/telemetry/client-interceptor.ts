import { InterceptingCall, type Interceptor, type Listener, type Metadata, type status } from '@grpc/grpc-js';
import {
  type Context,
  context,
  type Histogram,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { isProbe, isRpcError, rpcAttributes, rpcMethod, serverAttributes } from './rpc-conventions.js';
import { injectTrace } from './trace-metadata.js';

/**
 * Writes a span and a duration for each call sent, all its attempts together, and passes the trace on in the metadata.
 * @param target `host:port` of the server, for the attributes; absent where there are several
 */
export function clientInterceptor(tracer: Tracer, durations: Histogram, target?: string): Interceptor {
  const serverSide = serverAttributes(target);
  return (options, nextCall) => {
    if (isProbe(options.method_definition.path)) return new InterceptingCall(nextCall(options));
    const method = rpcMethod(options.method_definition.path);
    const startedAt = performance.now();
    const parent = context.active();
    const span = tracer.startSpan(method, { kind: SpanKind.CLIENT }, parent);
    const active: Context = trace.setSpan(parent, span);
    let ended = false;
    const end = (code: status) => {
      if (ended) return;
      ended = true;
      const attributes = { ...rpcAttributes('client', method, code), ...serverSide };
      durations.record((performance.now() - startedAt) / 1000, attributes, active);
      if (!span.isRecording()) return;
      span.setAttributes(attributes);
      if (isRpcError('client', code)) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    };
    return new InterceptingCall(nextCall(options), {
      start(metadata: Metadata, _listener: Listener, next) {
        injectTrace(active, metadata);
        next(metadata, {
          onReceiveStatus(answer, nextStatus) {
            end(answer.code);
            nextStatus(answer);
          },
        });
      },
    });
  };
}
