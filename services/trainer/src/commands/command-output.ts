import { writeFile } from 'node:fs/promises';
import { type ProgressDisplay, progressDisplay } from '../progress/progress-display.js';

/** Where a command speaks: people on standard error and output, programs by JSON lines on standard output. */
export interface CommandOutput {
  readonly progress: ProgressDisplay;
  /** A line for people; nothing where standard output belongs to JSON. */
  line(text: string): void;
  /** An event as a JSON line, where `--events` asks for it. */
  event(event: unknown): void;
  /** The result: written to `outFile` whole, and as the last JSON line in short where `--json` asks for it. */
  result(whole: unknown, short: unknown): Promise<void>;
}

/** Output of this process. */
export function commandOutput(options: {
  readonly json: boolean;
  readonly events: boolean;
  readonly outFile: string | undefined;
}): CommandOutput {
  const write = (value: unknown) => void process.stdout.write(`${JSON.stringify(value, plain)}\n`);
  const silent: ProgressDisplay = { update: () => {}, line: () => {}, end: () => {} };
  const speaksJson = options.json || options.events;
  return {
    progress: options.events ? silent : progressDisplay(process.stderr, () => performance.now()),
    line: (text) => void (speaksJson || process.stdout.write(`${text}\n`)),
    event: (event) => void (options.events && write(event)),
    async result(whole, short) {
      if (options.outFile !== undefined)
        await writeFile(options.outFile, `${JSON.stringify(whole, null, 2)}\n`);
      if (options.json) write(short);
    },
  };
}

/** 64-bit numbers as decimal strings, as proto3 JSON has them. */
function plain(_name: string, member: unknown): unknown {
  return typeof member === 'bigint' ? member.toString() : member;
}
