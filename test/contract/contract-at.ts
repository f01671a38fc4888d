import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fromBinary } from '@bufbuild/protobuf';
import { type DescriptorProto, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { descriptorSetPath } from '@isthmus/proto';

/**
 * Methods of the contracts as `package.Service/Method`, each with what its answers are made of: fields of all messages that
 * they hold, by number, name and type.
 *
 * @param commit of the contracts; those of this build where nothing is said
 */
export function contractAt(commit?: string): ReadonlyMap<string, string> {
  const bytes =
    commit === undefined
      ? readFileSync(descriptorSetPath)
      : execFileSync('git', ['show', `${commit}:proto/gen/descriptors.binpb`], { maxBuffer: 1 << 26 });
  const { file } = fromBinary(FileDescriptorSetSchema, Uint8Array.from(bytes));
  const messages = new Map<string, DescriptorProto>();
  const add = (message: DescriptorProto, scope: string): void => {
    messages.set(`${scope}.${message.name}`, message);
    for (const nested of message.nestedType) add(nested, `${scope}.${message.name}`);
  };
  for (const one of file) for (const message of one.messageType) add(message, `.${one.package}`);
  return new Map(
    file.flatMap((one) =>
      one.service.flatMap(({ name, method }) =>
        method.map((each) => [
          `${one.package}.${name}/${each.name}`,
          shapeOf(each.outputType, messages).join('\n'),
        ]),
      ),
    ),
  );
}

/** Methods that the contracts had at a commit; true where their answers are what they are today. */
export function methodsSince(commit: string): ReadonlyMap<string, boolean> {
  const today = contractAt();
  return new Map([...contractAt(commit)].map(([method, shape]) => [method, today.get(method) === shape]));
}

/** A line for each field of a message and of those that it holds. */
function shapeOf(
  type: string,
  messages: ReadonlyMap<string, DescriptorProto>,
  seen: Set<string> = new Set(),
): string[] {
  if (seen.has(type)) return [];
  seen.add(type);
  return (messages.get(type)?.field ?? []).flatMap((field) => [
    `${type} ${field.number} ${field.name} ${field.type} ${field.label} ${field.typeName}`,
    ...shapeOf(field.typeName, messages, seen),
  ]);
}
