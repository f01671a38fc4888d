import { readFileSync } from 'node:fs';
import {
  createFileRegistry,
  type DescMessage,
  type FileRegistry,
  fromBinary,
  toBinary,
} from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { descriptorSetPath } from '@isthmus/proto';

/** The compiled contracts, for validation and reflection. */
export interface ContractSchema {
  readonly registry: FileRegistry;
  /** Each file as an encoded `google.protobuf.FileDescriptorProto`. */
  readonly encodedFiles: readonly Uint8Array[];
  /** Every method as `/package.Service/Method`, with what it takes. */
  readonly methods: ReadonlyMap<string, ContractMethod>;
}

/** A method of the contracts. */
interface ContractMethod {
  readonly path: string;
  readonly input: DescMessage;
  readonly kind: 'unary' | 'server_streaming' | 'client_streaming' | 'bidi_streaming';
}

let cached: ContractSchema | undefined;

/** Reads the compiled contracts once a process. */
export function contractSchema(): ContractSchema {
  cached ??= readContractSchema();
  return cached;
}

function readContractSchema(): ContractSchema {
  const set = fromBinary(FileDescriptorSetSchema, readFileSync(descriptorSetPath));
  const registry = createFileRegistry(set);
  const methods = new Map<string, ContractMethod>();
  for (const file of registry.files) {
    for (const service of file.services) {
      for (const method of service.methods) {
        const methodPath = `/${service.typeName}/${method.name}`;
        methods.set(methodPath, { path: methodPath, input: method.input, kind: method.methodKind });
      }
    }
  }
  return {
    registry,
    encodedFiles: set.file.map((file) => toBinary(FileDescriptorProtoSchema, file)),
    methods,
  };
}
