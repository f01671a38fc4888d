/** A tensor of a model's `tensors.bin`, as unsigned 32-bit numbers. */
export interface CodesTensor {
  readonly shape: readonly number[];
  readonly data: Uint32Array;
}

const magic = 'ISTENS1\n';

/**
 * Reads one tensor of type uint32 out of a file of tensors: 8 bytes of magic, the size of a JSON header as u64, the header, and
 * from the next multiple of 8 on the data. Undefined where the file has none of that name. Throws an Error for another file.
 */
export function readCodes(bytes: Uint8Array, name: string): CodesTensor | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 16 || new TextDecoder().decode(bytes.subarray(0, 8)) !== magic)
    throw new Error('this is no file of tensors');
  const headerBytes = Number(view.getBigUint64(8, true));
  if (headerBytes > bytes.length - 16) throw new Error('the header of a file of tensors ends outside of it');
  const entries = JSON.parse(new TextDecoder().decode(bytes.subarray(16, 16 + headerBytes))) as {
    readonly name: string;
    readonly type: string;
    readonly shape: readonly number[];
    readonly offset: number;
  }[];
  const entry = entries.find((entry) => entry.name === name && entry.type === 'uint32');
  if (entry === undefined) return undefined;
  const start = Math.ceil((16 + headerBytes) / 8) * 8 + entry.offset;
  const count = entry.shape.reduce((product, extent) => product * extent, 1);
  if (start + count * 4 > bytes.length) throw new Error(`the tensor '${name}' ends outside of its file`);
  // A copy that is aligned, whatever view the bytes are.
  const data = new Uint32Array(count);
  new Uint8Array(data.buffer).set(bytes.subarray(start, start + count * 4));
  return { shape: entry.shape, data };
}
