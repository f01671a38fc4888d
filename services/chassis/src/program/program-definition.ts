import type { Logger } from 'pino';
import type { ClientClass, ClientOptions } from '../client/connect.js';
import type { ServiceClient } from '../client/service-client.js';
import type { BaseConfiguration, ConfigurationSpec } from '../configuration/define-configuration.js';
import type { Database } from '../database/database.js';
import type { Health } from '../health/health.js';
import type { Clock } from '../lifecycle/clock.js';
import type { Lifecycle } from '../lifecycle/lifecycle.js';
import type { ObjectStore } from '../objects/object-store.js';
import type { MethodTable, ServiceBinding } from '../server/bind-service.js';
import type { Telemetry } from '../telemetry/telemetry.js';

/** A program of the mesh: its name, its options, and how it starts. */
export interface ProgramDefinition<T extends BaseConfiguration> {
  /** Lower-case name, for example `retrieval`. */
  readonly name: string;
  readonly configuration: ConfigurationSpec<T>;
  /** Opens what the program stands on and returns what it offers. Health says NOT_SERVING meanwhile. */
  start(context: ProgramContext<T>): Promise<ProgramParts>;
}

/** What a program finds when it starts. Whatever is opened through it is closed at the end, in order. */
export interface ProgramContext<T> {
  readonly configuration: T;
  readonly logger: Logger;
  /** Spans and metrics; RPC spans are written without further ado. */
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  /** Folder for everything that the program keeps on this machine, as an absolute path; it exists. */
  readonly dataDirectory: string;
  readonly lifecycle: Lifecycle;
  /** State of the services, for programs that can tell more than {@link ProgramParts.ready}. */
  readonly health: Health;
  /** The database; opened at the first call and shared by later ones. */
  database(): Promise<Database>;
  /** The content-addressed store; opened at the first call and shared by later ones. */
  objects(): ObjectStore;
  /** A client of another service, with the program's deadlines, keepalive and telemetry; closed at the end. */
  connect<Definition extends MethodTable>(
    clientClass: ClientClass<Definition>,
    address: string,
    options?: Partial<ClientOptions>,
  ): ServiceClient<Definition>;
}

/** What a program offers. */
export interface ProgramParts {
  readonly services: readonly ServiceBinding[];
  /** Offered on the admin port only. */
  readonly adminServices?: readonly ServiceBinding[];
  /** Resolves when requests can be answered; health says NOT_SERVING until then. At once where it is left out. */
  readonly ready?: Promise<void>;
  /** Stops what the program runs in the background; called after the last call has ended, before stores close. */
  stop?(): Promise<void>;
}
