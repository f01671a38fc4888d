import { describe, expect, it } from '@jest/globals';
import {
  encodeFileList,
  type FileEntry,
  fileEntries,
  modelDigest,
  parseFileList,
  requireFileContent,
} from './file-list.js';
import { sha256Hex } from './hash.js';

const entry = (name: string): FileEntry => ({ name, sha256: 'ab'.repeat(32), sizeBytes: 3 });
const failing = (code: string): unknown => expect.objectContaining({ code });

describe('encodeFileList', () => {
  it('sorts the files and writes the documented JSON', () => {
    const text = Buffer.from(encodeFileList([entry('b.bin'), entry('a/x.json')])).toString();
    const hash = 'ab'.repeat(32);
    expect(text).toBe(
      `{"files":[{"name":"a/x.json","sha256":"${hash}","size":3},{"name":"b.bin","sha256":"${hash}","size":3}]}`,
    );
    expect(modelDigest(Buffer.from(text))).toBe(sha256Hex(Buffer.from(text)));
    expect(parseFileList(Buffer.from(text))).toEqual([entry('a/x.json'), entry('b.bin')]);
  });

  it.each(['', '/etc', 'a/', 'a//b', '..', 'a/../b', './a', 'A.bin', 'a b', 'a\\b', 'a:b', 'x'.repeat(256)])(
    'refuses the name %j',
    (name) => {
      expect(() => encodeFileList([entry(name)])).toThrow(failing('FILE_LIST_INVALID'));
    },
  );

  it('refuses no files, too many, and two of one name', () => {
    expect(() => encodeFileList([])).toThrow(failing('FILE_LIST_INVALID'));
    expect(() => encodeFileList([entry('a'), entry('a')])).toThrow(failing('FILE_LIST_INVALID'));
    const many = Array.from({ length: 1001 }, (_, i) => entry(`f${i}`));
    expect(() => encodeFileList(many)).toThrow(failing('FILE_LIST_INVALID'));
  });

  it('refuses a list that is not sorted', () => {
    const text = Buffer.from(encodeFileList([entry('a'), entry('b')])).toString();
    const swapped = text.replace('"name":"a"', '"name":"c"');
    expect(() => parseFileList(Buffer.from(swapped))).toThrow(/order/);
  });
});

describe('requireFileContent', () => {
  it('tells another content by size and hash', () => {
    const [file] = fileEntries(new Map([['a', Buffer.from('abc')]])) as [FileEntry];
    requireFileContent(file, Buffer.from('abc'));
    expect(() => requireFileContent(file, Buffer.from('abd'))).toThrow(failing('FILE_LIST_INVALID'));
    expect(() => requireFileContent(file, Buffer.from('abcd'))).toThrow(failing('FILE_LIST_INVALID'));
  });
});
