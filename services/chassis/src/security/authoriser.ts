import type { IsthmusError } from '../errors/isthmus-error.js';
import { failure } from '../errors/isthmus-error.js';
import { anonymous, type CallerCertificate, callerIdentity } from './caller-identity.js';
import { type IdentityMatcher, identityMatcher } from './identity-pattern.js';
import { methodRoles } from './method-roles.js';
import { type RoleName, roleNames } from './role.js';

/** Who has which role: patterns of identities. */
export type RoleBindings = Readonly<Record<RoleName, readonly string[]>>;

/** Says of each call whether its caller may make it. */
export class Authoriser {
  readonly #holders: Readonly<Record<RoleName, readonly IdentityMatcher[]>>;

  constructor(bindings: RoleBindings) {
    this.#holders = Object.fromEntries(
      roleNames.map((role) => [role, bindings[role].map(identityMatcher)]),
    ) as Record<RoleName, IdentityMatcher[]>;
  }

  /**
   * Why a call is refused; undefined where it is not. Methods outside the contracts, which are those of health and
   * reflection, need no role: whoever got through the handshake may ask for them.
   *
   * @param path `/package.Service/Method`
   * @param certificate of the caller, verified; undefined where it brought none
   */
  refusal(path: string, certificate: CallerCertificate | undefined): IsthmusError | undefined {
    const roles = methodRoles().get(path);
    if (!roles) return undefined;
    const identity = certificate ? callerIdentity(certificate) : anonymous;
    if (identity === undefined) return nameless(path);
    if (roles.some((role) => this.#holders[role].some((holds) => holds(identity)))) return undefined;
    return identity === anonymous ? nameless(path) : roleRequired(path, identity, roles);
  }
}

function nameless(path: string): IsthmusError {
  const method = path.slice(1);
  const message = `${method} must be called with a certificate that names the caller, by a SPIFFE id, a DNS name or a common name.`;
  return failure('IDENTITY_REQUIRED', message, { metadata: { method } });
}

function roleRequired(path: string, identity: string, roles: readonly RoleName[]): IsthmusError {
  const method = path.slice(1);
  const message = `${identity} may not call ${method}: it has none of the roles ${roles.join(', ')}. The operator of this program gives them, for example with roles.${roles[0]}.`;
  return failure('ROLE_REQUIRED', message, { metadata: { method, identity, roles: roles.join(',') } });
}
