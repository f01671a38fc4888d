import { context } from '@opentelemetry/api';
import { type AnyValueMap, type Logger, SeverityNumber } from '@opentelemetry/api-logs';

/** What pino writes to. */
export interface LogStream {
  /** Takes one line of JSON. */
  write(line: string): void;
}

/** Members of a line that OpenTelemetry has places for, or that the resource says already. */
const own = new Set(['level', 'time', 'msg', 'pid', 'hostname', 'trace_id', 'span_id']);

/** Sends what pino writes as OpenTelemetry log records, inside the trace that is active. */
export function logStream(logger: Logger): LogStream {
  return {
    write(line) {
      const record = parse(line);
      if (!record) return;
      const attributes: AnyValueMap = {};
      for (const [name, value] of Object.entries(record))
        if (!own.has(name)) attributes[name] = value as string;
      const level = Number(record.level);
      logger.emit({
        timestamp: typeof record.time === 'number' ? record.time : Date.now(),
        severityNumber: severity(level),
        severityText: severityText(level),
        body: String(record.msg ?? ''),
        attributes,
        context: context.active(),
      });
    },
  };
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** pino counts 10 trace, 20 debug, 30 info, 40 warn, 50 error, 60 fatal. */
function severity(level: number): SeverityNumber {
  if (level >= 60) return SeverityNumber.FATAL;
  if (level >= 50) return SeverityNumber.ERROR;
  if (level >= 40) return SeverityNumber.WARN;
  if (level >= 30) return SeverityNumber.INFO;
  return level >= 20 ? SeverityNumber.DEBUG : SeverityNumber.TRACE;
}

function severityText(level: number): string {
  return SeverityNumber[severity(level)] ?? 'INFO';
}
