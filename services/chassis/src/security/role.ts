/** What a caller may be: the contract's `Role` in the names that the configuration uses (`roles.caller`, …). */
export const roleNames = ['caller', 'catalogueWriter', 'prover', 'operator', 'peer'] as const;

/** One role. */
export type RoleName = (typeof roleNames)[number];

/**
 * The name of a value of the contract's enum, `ROLE_CATALOGUE_WRITER` for example; undefined for one that is not known
 * here, and which therefore nobody holds.
 */
export function roleOfEnumName(enumName: string): RoleName | undefined {
  const name = enumName
    .replace(/^ROLE_/, '')
    .toLowerCase()
    .replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return roleNames.find((role) => role === name);
}
