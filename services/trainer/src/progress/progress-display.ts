/** Where progress is written; standard error of a process. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** One piece of work under way. */
export interface ProgressUpdate {
  readonly label: string;
  readonly completed: number;
  /** 0 where the end is not known. */
  readonly total: number;
  /** Shown beside the bar. */
  readonly figures?: { readonly [name: string]: number };
}

/** Shows how far the work is. */
export interface ProgressDisplay {
  update(update: ProgressUpdate): void;
  /** A line that stays. */
  line(text: string): void;
  /** Takes the bar away, or writes the last update where there is no terminal. */
  end(): void;
}

/** A bar is drawn at most this often. */
const BAR_INTERVAL_MS = 100;
/** Without a terminal a line is written at most this often. */
const LINE_INTERVAL_MS = 5_000;
const BAR_WIDTH = 24;

/**
 * Shows progress on `stream`: a bar that is redrawn where it is a terminal, otherwise plain lines now and then, so that
 * logs of a build stay readable.
 * @param now monotonic clock in milliseconds
 */
export function progressDisplay(stream: ProgressStream, now: () => number): ProgressDisplay {
  return stream.isTTY === true ? barDisplay(stream, now) : lineDisplay(stream, now);
}

function barDisplay(stream: ProgressStream, now: () => number): ProgressDisplay {
  let drawnAt = Number.NEGATIVE_INFINITY;
  let latest: ProgressUpdate | undefined;
  const clear = '\r\x1b[K';
  return {
    update(update) {
      const another = latest?.label !== update.label;
      latest = update;
      if (!another && now() - drawnAt < BAR_INTERVAL_MS) return;
      drawnAt = now();
      stream.write(`${clear}${renderBar(update).slice(0, (stream.columns ?? 100) - 1)}`);
    },
    line: (text) => void stream.write(`${clear}${text}\n`),
    end() {
      if (latest !== undefined) stream.write(clear);
      latest = undefined;
    },
  };
}

function lineDisplay(stream: ProgressStream, now: () => number): ProgressDisplay {
  let writtenAt = Number.NEGATIVE_INFINITY;
  let written = '';
  let latest: ProgressUpdate | undefined;
  const write = (update: ProgressUpdate): void => {
    const text = renderLine(update);
    // Work that stands still says so once.
    if (text === written) return;
    writtenAt = now();
    written = text;
    stream.write(`${text}\n`);
  };
  return {
    update(update) {
      latest = update;
      if (now() - writtenAt >= LINE_INTERVAL_MS) write(update);
    },
    line: (text) => void stream.write(`${text}\n`),
    end() {
      if (latest !== undefined) write(latest);
      latest = undefined;
    },
  };
}

function renderBar(update: ProgressUpdate): string {
  const share = update.total > 0 ? Math.min(1, update.completed / update.total) : 0;
  const filled = Math.round(share * BAR_WIDTH);
  return `${update.label} [${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}] ${counts(update)}`;
}

function renderLine(update: ProgressUpdate): string {
  return `${update.label}: ${counts(update)}`;
}

function counts({ completed, total, figures = {} }: ProgressUpdate): string {
  const shown = Object.entries(figures).map(([name, value]) => `${name} ${Number(value.toPrecision(4))}`);
  return [total > 0 ? `${completed}/${total}` : String(completed), ...shown].join('  ');
}
