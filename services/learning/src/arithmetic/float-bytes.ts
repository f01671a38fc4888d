/** The bytes of float32 values, little-endian: how vectors travel in the contracts. */
export function encodeFloats(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, index) => {
    view.setFloat32(4 * index, value, true);
  });
  return bytes;
}

/** The values of little-endian float32 bytes, copied. Bytes beyond a multiple of four are left out. */
export function decodeFloats(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.byteLength >> 2 }, (_, index) => view.getFloat32(4 * index, true));
}
