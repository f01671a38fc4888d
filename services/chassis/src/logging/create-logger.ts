import { isSpanContextValid, trace } from '@opentelemetry/api';
import { type DestinationStream, destination, type Logger, multistream, pino } from 'pino';

/** What a logger is made of. */
export interface LoggerOptions {
  /** Name of the program, in every line. */
  readonly program: string;
  /** Least severe lines that are written. */
  readonly level: string;
  /** Where lines go; the standard error stream by default, so that the standard output stays for answers. */
  readonly stream?: DestinationStream;
  /** A second destination, for example the one of telemetry. */
  readonly copy?: DestinationStream | undefined;
}

/** A logger with one JSON object a line. Lines inside a span carry `trace_id` and `span_id`. */
export function createLogger({ program, level, stream, copy }: LoggerOptions): Logger {
  const first = stream ?? destination({ dest: 2, sync: true });
  const options = {
    level,
    base: { program },
    mixin: traceIds,
    // A second bound against ids of users in logs: nothing should ever pass them to a logger.
    redact: { paths: ['userId', '*.userId', 'user_id', '*.user_id'], remove: true },
  };
  // The level of the logger decides; multistream would drop what is below info by itself.
  return pino(
    options,
    copy ? multistream([first, copy].map((each) => ({ level: 'trace', stream: each }))) : first,
  );
}

function traceIds(): object {
  const active = trace.getActiveSpan()?.spanContext();
  return active && isSpanContextValid(active) ? { trace_id: active.traceId, span_id: active.spanId } : {};
}
