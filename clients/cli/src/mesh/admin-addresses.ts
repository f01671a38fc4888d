import { UsageError } from '../usage-error.js';

/** Options of the commands that call admin ports. */
export interface AdminOptions {
  /** `host:port`, several of them separated by commas. */
  readonly to?: readonly string[];
}

/**
 * The admin ports that a command means.
 * @throws UsageError where there is none, or one without a port
 */
export function adminAddresses({ to = [] }: AdminOptions): readonly string[] {
  const addresses = to.flatMap((text) => text.split(',')).map((text) => text.trim());
  if (addresses.length === 0)
    throw new UsageError(
      'say --to HOST:PORT, the admin port of the program that serves the model; `isthmus serve` prints it',
    );
  for (const address of addresses)
    if (!/:\d{1,5}$/.test(address))
      throw new UsageError(`--to ${address}: write HOST:PORT, for example localhost:7412`);
  return addresses;
}
