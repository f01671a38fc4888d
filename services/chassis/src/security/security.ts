import { type ChannelCredentials, credentials, ServerCredentials } from '@grpc/grpc-js';
import { ConfigurationError } from '../configuration/configuration-error.js';
import type { BaseConfiguration } from '../configuration/define-configuration.js';
import { Authoriser, type RoleBindings } from './authoriser.js';
import { patternProblem } from './identity-pattern.js';
import { roleNames } from './role.js';
import { readTlsMaterial } from './tls-material.js';

/** How a program protects its ports and its calls to others. */
export interface Security {
  readonly serverCredentials: ServerCredentials;
  readonly channelCredentials: ChannelCredentials;
  /** Undefined where everybody may do everything: `tls.mode` is `off`. */
  readonly authoriser: Authoriser | undefined;
  /** What the log should warn of at the start. */
  readonly warnings: readonly string[];
}

/**
 * Makes the protection that a configuration asks for.
 *
 * @param nowMs Unix time in milliseconds
 * @throws ConfigurationError with every problem; there is no falling back to less than was asked for
 */
export function openSecurity(
  programName: string,
  { tls, roles }: { readonly tls: BaseConfiguration['tls']; readonly roles: RoleBindings },
  nowMs: number,
): Security {
  const problems = roleNames.flatMap((role) =>
    roles[role].flatMap((pattern) => {
      const problem = patternProblem(pattern);
      return problem ? [`roles.${role}: ${problem}`] : [];
    }),
  );
  if (tls.mode === 'off') {
    if (problems.length > 0) throw new ConfigurationError(programName, problems);
    return {
      serverCredentials: ServerCredentials.createInsecure(),
      channelCredentials: credentials.createInsecure(),
      authoriser: undefined,
      warnings: [
        'tls.mode is off: whoever reaches a port of this program may call it, admin methods included, and reads what others send',
      ],
    };
  }
  const material = readTlsMaterial(tls, nowMs);
  if (!('key' in material)) problems.push(...material, remedy(tls.mode));
  if (problems.length > 0 || !('key' in material)) throw new ConfigurationError(programName, problems);
  const { authority, certificate, key } = material;
  const pair = { private_key: key, cert_chain: certificate };
  return {
    serverCredentials: ServerCredentials.createSsl(authority, [pair], tls.mode === 'mutual'),
    channelCredentials: credentials.createSsl(authority, key, certificate),
    authoriser: new Authoriser(roles),
    warnings: roleNames.some((role) => roles[role].length > 0)
      ? []
      : ['no identity has a role, so every call will be refused: see roles.* in docs/configuration.md'],
  };
}

function remedy(mode: string): string {
  return `tls.mode is ${mode}: give the three files (\`isthmus certificates DIR\` makes a set to try with), or say --tls.mode=off to serve without protection, which suits nothing but a single machine.`;
}
