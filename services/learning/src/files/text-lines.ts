import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

import { fileError } from './data-problems.js';
import type { FileLimits } from './table.js';

/** Bytes of a file, gzip undone where the file starts with gzip's magic number, bounded by `maximumBytes`. */
export async function* readBytes(file: string, limits: FileLimits): AsyncGenerator<Uint8Array> {
  const raw = createReadStream(file, { highWaterMark: 2 ** 18 });
  let source: Readable = raw;
  if (await isGzip(file)) {
    const gunzip = createGunzip();
    raw.on('error', (error) => gunzip.destroy(error));
    source = raw.pipe(gunzip);
  }
  let total = 0;
  try {
    for await (const chunk of source as AsyncIterable<Uint8Array>) {
      total += chunk.length;
      if (total > limits.maximumBytes) throw fileError(file, `has more than ${limits.maximumBytes} bytes`);
      yield chunk;
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code.startsWith('Z_')) throw fileError(file, 'its gzip compression is damaged');
    throw error;
  } finally {
    raw.destroy();
    source.destroy();
  }
}

/** Lines of a UTF-8 file without their ends (LF or CRLF); a last line without an end counts too. */
export async function* readLines(file: string, limits: FileLimits): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (bytes: Uint8Array | undefined, stream: boolean) => {
    try {
      return decoder.decode(bytes, { stream });
    } catch {
      throw fileError(file, 'is not UTF-8 text');
    }
  };
  let rest = '';
  for await (const chunk of readBytes(file, limits)) {
    const lines = (rest + decode(chunk, true)).split('\n');
    rest = lines.pop()!;
    if (rest.length > limits.maximumRowBytes) {
      throw fileError(file, `has a line of more than ${limits.maximumRowBytes} bytes`);
    }
    for (const line of lines) yield withoutReturn(line);
  }
  rest += decode(undefined, false);
  if (rest !== '') yield withoutReturn(rest);
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { bytesRead, buffer } = await handle.read(new Uint8Array(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}
