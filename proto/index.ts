import { fileURLToPath } from 'node:url';

/**
 * Path of the compiled contracts, a `google.protobuf.FileDescriptorSet` with every import inside.
 * Server reflection and schema validation read it.
 */
export const descriptorSetPath: string = fileURLToPath(new URL('../gen/descriptors.binpb', import.meta.url));
