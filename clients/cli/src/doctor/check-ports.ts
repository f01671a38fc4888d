import { createServer } from 'node:net';
import { defaultPorts } from '../commands/serve.js';
import { type Finding, fine, wanting } from './finding.js';

/** Whether the ports that `isthmus serve` takes are free. */
export async function checkPorts(ports: readonly number[] = Object.values(defaultPorts)): Promise<Finding> {
  const taken = [];
  for (const port of ports) if (!(await isFree(port))) taken.push(port);
  return taken.length === 0
    ? fine('ports', `${ports.join(', ')} are free`)
    : wanting(
        'ports',
        `taken: ${taken.join(', ')}`,
        'a mesh may be running already; otherwise give isthmus serve other ports, for example --retrieval-port 0',
      );
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
