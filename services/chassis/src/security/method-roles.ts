import { type DescExtension, getOption, hasOption } from '@bufbuild/protobuf';
import { contractSchema } from '../validation/contract-schema.js';
import { type RoleName, roleOfEnumName } from './role.js';

/** The contract's option that says who may call a method (isthmus/model/v1/authorization.proto). */
const optionName = 'isthmus.model.v1.authorization';

let cached: ReadonlyMap<string, readonly RoleName[]> | undefined;

/**
 * The roles of every method of the contracts, by `/package.Service/Method`: one of them is enough. A method that does not
 * say has none, so that nobody may call it.
 */
export function methodRoles(): ReadonlyMap<string, readonly RoleName[]> {
  cached ??= readMethodRoles();
  return cached;
}

function readMethodRoles(): ReadonlyMap<string, readonly RoleName[]> {
  const { registry } = contractSchema();
  const extension = registry.getExtension(optionName);
  const role = registry.getEnum('isthmus.model.v1.Role');
  if (!extension || !role) throw new Error(`The compiled contracts lack ${optionName}: generate them again.`);
  const table = new Map<string, readonly RoleName[]>();
  for (const file of registry.files) {
    for (const service of file.services) {
      for (const method of service.methods) {
        const numbers = hasOption(method, extension)
          ? (getOption(method, extension as DescExtension & { readonly extendee: never }) as AnyOf).anyOf
          : [];
        table.set(
          `/${service.typeName}/${method.name}`,
          numbers.flatMap((number) => roleOfEnumName(role.value[number]?.name ?? '') ?? []),
        );
      }
    }
  }
  return table;
}

/** `isthmus.model.v1.Authorization` as it is decoded. */
interface AnyOf {
  readonly anyOf: readonly number[];
}
