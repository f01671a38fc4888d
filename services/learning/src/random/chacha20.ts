/** Words of a ChaCha20 block. */
export const chachaBlockWords = 16;

/**
 * The ChaCha20 block function (RFC 8439 section 2.3): 16 words of key stream for one block counter.
 *
 * @param out receives 16 words at `offset`; as bytes (little-endian) they are the serialised block
 * @param key 8 words, the 32 key bytes read little-endian
 * @param counter block counter, an unsigned 32-bit integer
 * @param nonce 3 words, the 12 nonce bytes read little-endian
 */
export function chachaBlock(
  out: Uint32Array,
  offset: number,
  key: Uint32Array,
  counter: number,
  nonce: Uint32Array,
): void {
  const k0 = key[0]! | 0;
  const k1 = key[1]! | 0;
  const k2 = key[2]! | 0;
  const k3 = key[3]! | 0;
  const k4 = key[4]! | 0;
  const k5 = key[5]! | 0;
  const k6 = key[6]! | 0;
  const k7 = key[7]! | 0;
  const n0 = nonce[0]! | 0;
  const n1 = nonce[1]! | 0;
  const n2 = nonce[2]! | 0;
  let x0 = sigma0;
  let x1 = sigma1;
  let x2 = sigma2;
  let x3 = sigma3;
  let x4 = k0;
  let x5 = k1;
  let x6 = k2;
  let x7 = k3;
  let x8 = k4;
  let x9 = k5;
  let x10 = k6;
  let x11 = k7;
  let x12 = counter | 0;
  let x13 = n0;
  let x14 = n1;
  let x15 = n2;
  for (let round = 0; round < 10; round++) {
    x0 = (x0 + x4) | 0;
    x12 = rotate(x12 ^ x0, 16);
    x8 = (x8 + x12) | 0;
    x4 = rotate(x4 ^ x8, 12);
    x0 = (x0 + x4) | 0;
    x12 = rotate(x12 ^ x0, 8);
    x8 = (x8 + x12) | 0;
    x4 = rotate(x4 ^ x8, 7);
    x1 = (x1 + x5) | 0;
    x13 = rotate(x13 ^ x1, 16);
    x9 = (x9 + x13) | 0;
    x5 = rotate(x5 ^ x9, 12);
    x1 = (x1 + x5) | 0;
    x13 = rotate(x13 ^ x1, 8);
    x9 = (x9 + x13) | 0;
    x5 = rotate(x5 ^ x9, 7);
    x2 = (x2 + x6) | 0;
    x14 = rotate(x14 ^ x2, 16);
    x10 = (x10 + x14) | 0;
    x6 = rotate(x6 ^ x10, 12);
    x2 = (x2 + x6) | 0;
    x14 = rotate(x14 ^ x2, 8);
    x10 = (x10 + x14) | 0;
    x6 = rotate(x6 ^ x10, 7);
    x3 = (x3 + x7) | 0;
    x15 = rotate(x15 ^ x3, 16);
    x11 = (x11 + x15) | 0;
    x7 = rotate(x7 ^ x11, 12);
    x3 = (x3 + x7) | 0;
    x15 = rotate(x15 ^ x3, 8);
    x11 = (x11 + x15) | 0;
    x7 = rotate(x7 ^ x11, 7);
    x0 = (x0 + x5) | 0;
    x15 = rotate(x15 ^ x0, 16);
    x10 = (x10 + x15) | 0;
    x5 = rotate(x5 ^ x10, 12);
    x0 = (x0 + x5) | 0;
    x15 = rotate(x15 ^ x0, 8);
    x10 = (x10 + x15) | 0;
    x5 = rotate(x5 ^ x10, 7);
    x1 = (x1 + x6) | 0;
    x12 = rotate(x12 ^ x1, 16);
    x11 = (x11 + x12) | 0;
    x6 = rotate(x6 ^ x11, 12);
    x1 = (x1 + x6) | 0;
    x12 = rotate(x12 ^ x1, 8);
    x11 = (x11 + x12) | 0;
    x6 = rotate(x6 ^ x11, 7);
    x2 = (x2 + x7) | 0;
    x13 = rotate(x13 ^ x2, 16);
    x8 = (x8 + x13) | 0;
    x7 = rotate(x7 ^ x8, 12);
    x2 = (x2 + x7) | 0;
    x13 = rotate(x13 ^ x2, 8);
    x8 = (x8 + x13) | 0;
    x7 = rotate(x7 ^ x8, 7);
    x3 = (x3 + x4) | 0;
    x14 = rotate(x14 ^ x3, 16);
    x9 = (x9 + x14) | 0;
    x4 = rotate(x4 ^ x9, 12);
    x3 = (x3 + x4) | 0;
    x14 = rotate(x14 ^ x3, 8);
    x9 = (x9 + x14) | 0;
    x4 = rotate(x4 ^ x9, 7);
  }
  out[offset] = x0 + sigma0;
  out[offset + 1] = x1 + sigma1;
  out[offset + 2] = x2 + sigma2;
  out[offset + 3] = x3 + sigma3;
  out[offset + 4] = x4 + k0;
  out[offset + 5] = x5 + k1;
  out[offset + 6] = x6 + k2;
  out[offset + 7] = x7 + k3;
  out[offset + 8] = x8 + k4;
  out[offset + 9] = x9 + k5;
  out[offset + 10] = x10 + k6;
  out[offset + 11] = x11 + k7;
  out[offset + 12] = x12 + counter;
  out[offset + 13] = x13 + n0;
  out[offset + 14] = x14 + n1;
  out[offset + 15] = x15 + n2;
}

// "expand 32-byte k", read little-endian.
const sigma0 = 0x61707865;
const sigma1 = 0x3320646e;
const sigma2 = 0x79622d32;
const sigma3 = 0x6b206574;

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
