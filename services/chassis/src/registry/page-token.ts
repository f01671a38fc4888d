import { failure } from '../errors/isthmus-error.js';

/** Entries of a page where the caller lets the server choose (AIP-158). */
const defaultPageSize = 100;

/** Entries of a page: what was asked for, or the server's choice. */
export function pageLimit(pageSize: number): number {
  return pageSize === 0 ? defaultPageSize : pageSize;
}

/**
 * The token of the page that begins after `position`.
 * @param listing method and filter that it serves: no other listing accepts it
 * @param position keys of the last entry of the page before
 */
export function encodePageToken(listing: string, position: readonly string[]): string {
  return Buffer.from(JSON.stringify([listing, ...position])).toString('base64url');
}

/**
 * The position that a token stands for; undefined for the empty token of the first page.
 * @param keys how many keys a position has
 * @throws PAGE_TOKEN_INVALID where another listing made it, or nobody did
 */
export function decodePageToken(listing: string, token: string, keys: number): string[] | undefined {
  if (token === '') return undefined;
  const parts = parse(token);
  if (parts?.length !== keys + 1 || parts[0] !== listing) {
    throw failure(
      'PAGE_TOKEN_INVALID',
      'This page token was not made by this listing. Start again without one.',
    );
  }
  return parts.slice(1);
}

/** Boundary: a token is whatever a caller sends. */
function parse(token: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    return Array.isArray(value) && value.every((part) => typeof part === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}
