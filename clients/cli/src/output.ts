/** Where a command writes. With `json`, people's lines are left out and one JSON value is written at the end. */
export interface Output {
  readonly json: boolean;
  /** A line for people, on standard output; nothing in JSON mode. */
  line(text?: string): void;
  /** The result: pretty text through `line` is enough for people, so this is printed in JSON mode only. */
  result(value: unknown): void;
}

/** Output to this process's standard output. 64-bit numbers are written as decimal strings, as proto3 JSON has it. */
export function standardOutput(json: boolean): Output {
  return {
    json,
    line(text = '') {
      if (!json) process.stdout.write(`${text}\n`);
    },
    result(value) {
      if (json) process.stdout.write(`${JSON.stringify(value, (_, member) => plain(member))}\n`);
    },
  };
}

function plain(member: unknown): unknown {
  if (typeof member === 'bigint') return member.toString();
  if (member instanceof Uint8Array) return Buffer.from(member).toString('base64');
  return member;
}
