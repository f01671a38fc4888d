import { describe, expect, it } from '@jest/globals';

import { chachaBlock } from './chacha20.js';

/** The block as hexadecimal bytes. */
function blockHex(key: Uint8Array, counter: number, nonce: Uint8Array): string {
  const out = new Uint32Array(16);
  chachaBlock(out, 0, words(key), counter, words(nonce));
  const bytes = Buffer.alloc(64);
  for (const [index, word] of out.entries()) bytes.writeUInt32LE(word, 4 * index);
  return bytes.toString('hex');
}

function words(bytes: Uint8Array): Uint32Array {
  const buffer = Buffer.from(bytes);
  return Uint32Array.from({ length: bytes.length / 4 }, (_, index) => buffer.readUInt32LE(4 * index));
}

describe('chachaBlock', () => {
  it('gives the block of RFC 8439 section 2.3.2', () => {
    const key = Uint8Array.from({ length: 32 }, (_, index) => index);
    const nonce = Buffer.from('000000090000004a00000000', 'hex');
    expect(blockHex(key, 1, nonce)).toBe(
      '10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4e' +
        'd2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e',
    );
  });

  it('gives the blocks of RFC 8439 appendix A.1, vectors 1 and 2', () => {
    const zeroKey = new Uint8Array(32);
    const zeroNonce = new Uint8Array(12);
    expect(blockHex(zeroKey, 0, zeroNonce)).toBe(
      '76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7' +
        'da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586',
    );
    expect(blockHex(zeroKey, 1, zeroNonce)).toBe(
      '9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed' +
        '29b721769ce64e43d57133b074d839d531ed1f28510afb45ace10a1f4b794d6f',
    );
  });
});
