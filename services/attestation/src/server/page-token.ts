import { failure } from '@isthmus/chassis';

/** Entries of a page where the caller lets the server choose. */
const defaultPageSize = 100;

/** Entries of a page: what was asked for, or the default. */
export function pageLimit(pageSize: number): number {
  return pageSize === 0 ? defaultPageSize : pageSize;
}

/**
 * The token of the page that begins after `position`. It carries the method and its filter, so that it serves the same
 * listing only.
 */
export function encodePageToken(listing: string, position: bigint): string {
  return Buffer.from(JSON.stringify([listing, position.toString()])).toString('base64url');
}

/**
 * The position that a token stands for; undefined for the empty token of the first page.
 * @throws PAGE_TOKEN_INVALID where another listing made it, or nobody did
 */
export function decodePageToken(listing: string, token: string): bigint | undefined {
  if (token === '') return undefined;
  const text = Buffer.from(token, 'base64url').toString('utf8');
  const position = /^\["(.*)","([0-9]{1,18})"\]$/.exec(text);
  if (position?.[1] !== listing || position[2] === undefined) {
    throw failure(
      'PAGE_TOKEN_INVALID',
      'This page token was not made by this listing. Start again without one.',
    );
  }
  return BigInt(position[2]);
}
