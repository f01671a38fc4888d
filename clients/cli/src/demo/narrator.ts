import { type ProgressUpdate, progressDisplay } from '@isthmus/trainer';

/** Where a story is told: a terminal, a log, or a test. */
export interface NarratorStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Tells the story of a demo to people: chapters, lines, and progress between them. */
export interface Narrator {
  /** Whether the stream shows colours. */
  readonly colour: boolean;
  /** Begins a chapter; they are numbered. */
  chapter(title: string): void;
  /** Lines inside a chapter. */
  say(...lines: readonly string[]): void;
  /** How far the work is, on one line that is drawn anew; plain lines now and then where there is no terminal. */
  progress(update: ProgressUpdate): void;
  /** Takes the progress away. */
  settle(): void;
}

const INDENT = '   ';

/** A narrator that writes to `stream`. Colours are for terminals and respect NO_COLOR. */
export function narrator(
  stream: NarratorStream,
  now: () => number = () => performance.now(),
  noColour: boolean = process.env.NO_COLOR !== undefined,
): Narrator {
  const display = progressDisplay(stream, now);
  const colour = stream.isTTY === true && !noColour;
  const bold = (text: string) => (colour ? `\u001b[1m${text}\u001b[0m` : text);
  let chapters = 0;
  return {
    colour,
    chapter(title) {
      chapters += 1;
      display.line('');
      display.line(bold(`${String(chapters).padStart(2)} ${title}`));
    },
    say(...lines) {
      for (const line of lines) display.line(line === '' ? '' : `${INDENT}${line}`);
    },
    progress: (update) => display.update({ ...update, label: `${INDENT}${update.label}` }),
    settle: () => display.end(),
  };
}
