import { isSpanContextValid, trace } from '@opentelemetry/api';
import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from 'pino';

/** What a logger is made of. */
export interface LoggerOptions {
  /** Name of the program, in every line. */
  readonly program: string;
  readonly level: string;
  /** Where lines go; the standard error stream by default, so that the standard output stays for answers. */
  readonly stream?: DestinationStream;
}

/** A logger with one JSON object a line. Lines inside a span carry its trace and span id. */
export function createLogger({ program, level, stream }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: { program },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: spanIds,
      // A second bound against ids of users in logs: nothing should ever pass them to a logger.
      redact: { paths: ['userId', '*.userId', 'user_id', '*.user_id'], remove: true },
    },
    stream ?? destination({ dest: 2, sync: true }),
  );
}

function spanIds(): object {
  const context = trace.getActiveSpan()?.spanContext();
  if (!context || !isSpanContextValid(context)) return {};
  return { traceId: context.traceId, spanId: context.spanId };
}
