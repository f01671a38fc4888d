import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Document, parseDocument } from 'yaml';

/** The configuration that docs/balancing.md offers. */
const shipped = fileURLToPath(new URL('../../deploy/envoy/retrieval.yaml', import.meta.url));

/** Where an Envoy of a test finds what the configuration names. */
export interface EnvoySurroundings {
  /** The replicas' name and port. */
  readonly upstream: { readonly name: string; readonly port: number };
  /** `host:port` of the DNS server that knows the name; of no other is asked. */
  readonly nameServer: string;
  /** Folder with `tls.crt`, `tls.key` and `ca.crt`. */
  readonly certificates: string;
}

/**
 * The configuration as it is shipped, with the addresses, ports and paths of a test in the places that it marks as its user's.
 * Throws where such a place is not there any more.
 */
export async function envoyConfiguration(surroundings: EnvoySurroundings): Promise<unknown> {
  const text = await readFile(shipped, 'utf8');
  if (!text.includes('/etc/envoy/tls/')) throw new Error('the configuration names no certificates');
  const document = parseDocument(text.replaceAll('/etc/envoy/tls/', `${surroundings.certificates}/`));
  const listener = ['static_resources', 'listeners', 0, 'address', 'socket_address'];
  const cluster = ['static_resources', 'clusters', 0];
  const upstream = [...cluster, 'load_assignment', 'endpoints', 0, 'lb_endpoints', 0, 'endpoint', 'address'];
  replace(document, [...listener, 'address'], '127.0.0.1');
  replace(document, [...listener, 'port_value'], 0);
  replace(document, ['admin', 'address', 'socket_address', 'port_value'], 0);
  replace(document, [...upstream, 'socket_address', 'address'], surroundings.upstream.name);
  replace(document, [...upstream, 'socket_address', 'port_value'], surroundings.upstream.port);
  document.setIn([...cluster, 'typed_dns_resolver_config'], resolver(surroundings.nameServer));
  return document.toJS();
}

function replace(document: Document, path: readonly (string | number)[], value: string | number): void {
  if (!document.hasIn(path)) throw new Error(`the configuration has no ${path.join('.')}`);
  document.setIn(path, value);
}

/** In a cluster this is the system's; a test has a server of its own. */
function resolver(server: string) {
  const [address, port] = server.split(':');
  return {
    name: 'envoy.network.dns_resolver.cares',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig',
      resolvers: [{ socket_address: { address, port_value: Number(port) } }],
      use_resolvers_as_fallback: false,
      dns_resolver_options: { no_default_search_domain: true },
    },
  };
}
