import { anonymous } from './caller-identity.js';

/** Whether an identity is meant. */
export type IdentityMatcher = (identity: string) => boolean;

/** What a pattern may look like; anything else would never match. */
const patternForm = /^(\*|anonymous|spiffe:\/\/[^\s,]+|dns:[^\s,]+|cn:[^,]+)$/;

/** Says what is wrong with a pattern; undefined where nothing is. */
export function patternProblem(pattern: string): string | undefined {
  if (patternForm.test(pattern)) return undefined;
  return `"${pattern}" is no identity. Write spiffe://DOMAIN/PATH, dns:NAME, cn:NAME, anonymous, or * for everybody who has a certificate.`;
}

/**
 * Compiles a pattern of `roles.*`. `*` within it stands for any characters but `/`; alone it stands for every identity
 * that comes from a certificate, so that `anonymous` must be meant on purpose.
 */
export function identityMatcher(pattern: string): IdentityMatcher {
  if (pattern === '*') return (identity) => identity !== anonymous;
  const literal = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const form = new RegExp(`^${pattern.split('*').map(literal).join('[^/]*')}$`);
  return (identity) => form.test(identity);
}
