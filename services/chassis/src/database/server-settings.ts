/**
 * Settings of the embedded server: durable as PostgreSQL is by default, and small, because it shares a machine with
 * everything else. A database that has grown out of them belongs on a server of its own (`--database.url`).
 */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '64',
  shared_buffers: '32MB',
  work_mem: '4MB',
  maintenance_work_mem: '32MB',
  max_wal_size: '256MB',
  // One machine, nobody to replicate to.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_replication_slots: '0',
  // Statements here are short and touch few rows: parallel workers and compiled plans would only cost.
  max_parallel_workers_per_gather: '0',
  max_worker_processes: '2',
  max_logical_replication_workers: '0',
  autovacuum_max_workers: '1',
  jit: 'off',
  log_min_messages: 'warning',
  log_line_prefix: '%m [%p] ',
};

/** The command line of a server. */
export function serverArguments(dataFolder: string, port: number): string[] {
  const all = { ...settings, port: String(port) };
  return ['-D', dataFolder, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}
