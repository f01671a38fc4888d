import { describe, expect, it } from '@jest/globals';
import { decodePageToken, encodePageToken, pageLimit } from './page-token.js';

describe('a page token', () => {
  it('brings its position back to its own listing', () => {
    expect(decodePageToken('runs abc', encodePageToken('runs abc', 12345678901n))).toBe(12345678901n);
    expect(decodePageToken('runs abc', '')).toBeUndefined();
  });

  it.each([
    ['of another listing', encodePageToken('runs other', 5n)],
    ['that nobody made', 'bm9uc2Vuc2U'],
    ['with a negative position', Buffer.from('["runs abc","-1"]').toString('base64url')],
  ])('%s is refused', (_case, token) => {
    expect(() => decodePageToken('runs abc', token)).toThrow(
      expect.objectContaining({ reason: 'PAGE_TOKEN_INVALID' }) as unknown as Error,
    );
  });

  it('leaves the size of a page to the server where the caller does', () => {
    expect(pageLimit(0)).toBe(100);
    expect(pageLimit(7)).toBe(7);
  });
});
