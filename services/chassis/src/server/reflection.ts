import type { Server, ServiceDefinition } from '@grpc/grpc-js';
import { ReflectionService } from '@grpc/reflection';
import { contractSchema } from '../validation/contract-schema.js';
import type { ServiceBinding } from './bind-service.js';

/** Adds gRPC server reflection (v1 and v1alpha) for the services that a server offers. */
export function addReflection(server: Server, bindings: readonly ServiceBinding[]): void {
  // The package takes definitions as proto-loader makes them, of which it reads the encoded files only.
  const files = [
    ...contractSchema().encodedFiles.map((file) => Buffer.from(file)),
    ...bindings.flatMap(({ definition }) => ownFiles(definition)),
  ];
  const definition = { contracts: { fileDescriptorProtos: files } } as unknown as ConstructorParameters<
    typeof ReflectionService
  >[0];
  const services = bindings.map(({ serviceName }) => serviceName);
  new ReflectionService(definition, { services }).addToServer(server);
}

/** Files that a definition of proto-loader carries itself, as the one of health does. */
function ownFiles(definition: ServiceDefinition): Buffer[] {
  const [method] = Object.values(definition) as { requestType?: { fileDescriptorProtos?: Buffer[] } }[];
  return method?.requestType?.fileDescriptorProtos ?? [];
}
