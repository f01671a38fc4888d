import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** How a command ended. */
export interface CommandEnd {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** A command under way. */
export interface RunningCommand {
  readonly child: ChildProcess;
  readonly ended: Promise<CommandEnd>;
  /** Resolves when the output has what is looked for; rejects where the command ends before. */
  says(words: RegExp): Promise<void>;
}

const mains = {
  isthmus: '../../clients/cli/dist/main.js',
  'isthmus-trainer': '../../services/trainer/dist/main.js',
} as const;

/** Starts a built command as a shell would. */
export function startCommand(command: keyof typeof mains, argv: readonly string[]): RunningCommand {
  const main = fileURLToPath(new URL(mains[command], import.meta.url));
  const child = spawn(process.execPath, [main, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  const listeners = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    for (const listen of listeners) listen();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = new Promise<CommandEnd>((resolve) => {
    child.once('close', (code, signal) =>
      resolve({ code: code ?? (signal === 'SIGKILL' ? 137 : 143), output, errors }),
    );
  });
  return {
    child,
    ended,
    says: (words) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!words.test(output)) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
        void ended.then((end) =>
          reject(new Error(`ended with ${end.code} before it said ${words}:\n${output}${errors}`)),
        );
      }),
  };
}

/** Runs a built command to its end. */
export function runCommand(command: keyof typeof mains, argv: readonly string[]): Promise<CommandEnd> {
  return startCommand(command, argv).ended;
}

/** The JSON line at the end of the output. */
export function resultOf<T>({ code, output, errors }: CommandEnd): T {
  try {
    return JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as T;
  } catch {
    throw new Error(`no JSON at the end, exit code ${code}:\n${output}${errors}`);
  }
}
