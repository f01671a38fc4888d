import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { AUTHORITATIVE_ANSWER, decode, encode } from 'dns-packet';

/**
 * The name of a headless Service: a DNS server on loopback (RFC 1035 over UDP) that answers with the address of every
 * replica that is ready, as the cluster's does. Other names do not exist, and of this one other records do not.
 */
export class HeadlessName {
  readonly name: string;
  /** `host:port` of the server. */
  readonly server: string;
  /** How often the addresses were asked for. */
  questions = 0;
  readonly #socket: Socket;
  #addresses: readonly string[] = [];

  private constructor(name: string, socket: Socket) {
    this.name = name;
    this.#socket = socket;
    this.server = `127.0.0.1:${socket.address().port}`;
    socket.on('message', (bytes, { port, address }) => socket.send(this.#answer(bytes), port, address));
  }

  /** Starts the server on a free port. */
  static async start(name: string): Promise<HeadlessName> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new HeadlessName(name, socket);
  }

  /** The target of gRPC for a port of this name, asked of this server. */
  target(port: number): string {
    return `dns://${this.server}/${this.name}:${port}`;
  }

  /** Sets the addresses that later answers hold. */
  resolveTo(addresses: readonly string[]): void {
    this.#addresses = [...addresses];
  }

  close(): void {
    this.#socket.close();
  }

  #answer(bytes: Buffer): Buffer {
    const { id = 0, questions = [] } = decode(bytes);
    const isKnown = questions.every(({ name }) => name === this.name);
    const asked = questions.some(({ type }) => type === 'A') && isKnown;
    if (asked) this.questions += 1;
    const nameError = 3;
    return encode({
      id,
      type: 'response',
      flags: AUTHORITATIVE_ANSWER | (isKnown ? 0 : nameError),
      questions,
      answers: asked
        ? this.#addresses.map((data) => ({ name: this.name, type: 'A' as const, ttl: 1, data }))
        : [],
    });
  }
}
