import { ByteReader } from './byte-reader.js';
import type { CatalogueItem } from './interaction-data.js';

/** Name and version of this encoding in a data set's description. */
export const catalogueItemCodec = 'isthmus.catalogue-item/v1';

/** Longest item id, category or token, in bytes of UTF-8. */
const maximumTextBytes = 1_024;
/** Most tokens of one item. */
export const maximumTokens = 4_096;
/** Most numeric features of one item. */
export const maximumNumbers = 4_096;

const version = 1;
const utf8 = new TextEncoder();

/**
 * Content of an item's record, little-endian: version u8 = 1, domain u8, item id, category, number of tokens u16, the
 * tokens, number of features u16, the features f32. A text is its length in bytes u16 and its UTF-8.
 */
export function encodeCatalogueItem(item: CatalogueItem): Uint8Array {
  if (item.tokens.length > maximumTokens) throw tooMany('tokens', item.tokens.length, maximumTokens);
  if (item.numbers.length > maximumNumbers) throw tooMany('numbers', item.numbers.length, maximumNumbers);
  const texts = [item.itemId, item.category, ...item.tokens].map(encodeText);
  const textBytes = texts.reduce((sum, text) => sum + 2 + text.length, 0);
  const bytes = new Uint8Array(2 + textBytes + 4 + 4 * item.numbers.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, version);
  view.setUint8(1, item.domain);
  let offset = 2;
  const putCount = (count: number) => {
    view.setUint16(offset, count, true);
    offset += 2;
  };
  for (const [index, text] of texts.entries()) {
    if (index === 2) putCount(item.tokens.length);
    putCount(text.length);
    bytes.set(text, offset);
    offset += text.length;
  }
  if (texts.length === 2) putCount(0);
  putCount(item.numbers.length);
  for (const number of item.numbers) {
    view.setFloat32(offset, number, true);
    offset += 4;
  }
  return bytes;
}

/**
 * Reads what {@link encodeCatalogueItem} wrote. Everything else is refused with an Error: another version, texts that
 * are not UTF-8 or too long, an empty item id, features that are not finite, bytes left over.
 */
export function decodeCatalogueItem(bytes: Uint8Array): CatalogueItem {
  const reader = new ByteReader(bytes, 'catalogue item');
  const found = reader.uint8();
  if (found !== version) reader.fail(`has version ${found}, not ${version}`);
  const domain = reader.uint8();
  const itemId = reader.text(maximumTextBytes);
  if (itemId === '') reader.fail('has no item id');
  const category = reader.text(maximumTextBytes);
  const tokenCount = reader.uint16();
  if (tokenCount > maximumTokens) reader.fail(`says ${tokenCount} tokens`);
  const tokens = Array.from({ length: tokenCount }, () => reader.text(maximumTextBytes));
  const numberCount = reader.uint16();
  if (4 * numberCount !== reader.remaining)
    reader.fail(`says ${numberCount} numbers in ${reader.remaining} bytes`);
  const numbers = Float32Array.from({ length: numberCount }, () => reader.float32());
  reader.end();
  return { itemId, domain, category, tokens, numbers };
}

function encodeText(text: string): Uint8Array {
  const bytes = utf8.encode(text);
  if (bytes.length > maximumTextBytes) throw tooMany('bytes of a text', bytes.length, maximumTextBytes);
  return bytes;
}

function tooMany(what: string, count: number, limit: number): RangeError {
  return new RangeError(`${count} ${what}: the limit is ${limit}`);
}
