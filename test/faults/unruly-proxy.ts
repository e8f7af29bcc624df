/** A TCP proxy that misbehaves by a seed: it delays, slices, resets, and goes silent without closing. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

import { drawInteger } from '../../simulator/core/random.ts';
import type { Random } from '../../simulator/index.ts';

/** How the proxy treats bytes. What is left out does not happen. Changes apply to connections that come later. */
export interface Weather {
  /** Each piece waits for a drawn time of up to this many ms; the order stays. */
  readonly delayMsMax?: number;
  /** Bytes go on in pieces of a drawn length of up to this many. */
  readonly sliceBytesMax?: number;
  /** Each connection is reset when a drawn number of bytes of up to this many went through, both ways together. */
  readonly resetAfterBytesMax?: number;
}

/** Stands between a client and a server on 127.0.0.1. */
export class UnrulyProxy {
  readonly #target: number;
  readonly #random: Random;
  readonly #server: Server;
  readonly #links = new Set<Link>();
  #weather: Weather;
  #connections = 0;

  private constructor(target: number, random: Random, weather: Weather) {
    this.#target = target;
    this.#random = random;
    this.#weather = weather;
    this.#server = createServer({ allowHalfOpen: true }, (client) => this.#accept(client));
  }

  /** Listens on a free port in front of the server at port `target` of 127.0.0.1, which may come later. */
  static async start(target: number, random: Random, weather: Weather = {}): Promise<UnrulyProxy> {
    const proxy = new UnrulyProxy(target, random, weather);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** How many connections there were so far. */
  get connections(): number {
    return this.#connections;
  }

  /** From the next connection on. */
  set weather(weather: Weather) {
    this.#weather = weather;
  }

  /** Resets every connection at once. */
  reset(): void {
    for (const link of this.#links) link.reset();
  }

  /** From now on the connections of this moment swallow everything and stay open: half-open TCP. */
  swallow(): void {
    for (const link of this.#links) link.swallow();
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.reset();
    await closed;
  }

  #accept(client: Socket): void {
    this.#connections++;
    const server = connect({ port: this.#target, host: '127.0.0.1', allowHalfOpen: true });
    const link = new Link(client, server, this.#random, this.#weather);
    this.#links.add(link);
    client.once('close', () => this.#links.delete(link));
  }
}

/** One connection through the proxy: two pipes that end together. */
class Link {
  readonly #sockets: readonly [Socket, Socket];
  readonly #random: Random;
  readonly #weather: Weather;
  #isSwallowing = false;
  #bytesLeft: number;

  constructor(client: Socket, server: Socket, random: Random, weather: Weather) {
    this.#sockets = [client, server];
    this.#random = random;
    this.#weather = weather;
    const { resetAfterBytesMax } = weather;
    this.#bytesLeft =
      resetAfterBytesMax === undefined ? Infinity : drawInteger(random, 1, resetAfterBytesMax);
    this.#pipe(client, server);
    this.#pipe(server, client);
  }

  reset(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  swallow(): void {
    this.#isSwallowing = true;
  }

  #pipe(from: Socket, to: Socket): void {
    from.setNoDelay(true);
    from.on('error', () => undefined);
    from.on('close', () => {
      if (!this.#isSwallowing) to.destroy();
    });
    void this.#forward(from, to);
  }

  async #forward(from: Socket, to: Socket): Promise<void> {
    try {
      for await (const chunk of from) {
        if (!this.#isSwallowing) await this.#send(chunk as Buffer, to);
      }
      if (!this.#isSwallowing) to.end();
    } catch {
      // The other end is gone, and so is what was on its way.
      if (!this.#isSwallowing) to.destroy();
    }
  }

  async #send(chunk: Buffer, to: Socket): Promise<void> {
    const { sliceBytesMax, delayMsMax } = this.#weather;
    let rest = chunk;
    while (rest.length > 0 && !to.destroyed) {
      const most = sliceBytesMax === undefined ? rest.length : this.#draw(sliceBytesMax);
      const length = Math.min(most, rest.length, this.#bytesLeft);
      if (delayMsMax !== undefined) await pause(this.#draw(delayMsMax));
      if (this.#isSwallowing) return;
      const isRoomLeft = to.write(rest.subarray(0, length));
      rest = rest.subarray(length);
      this.#bytesLeft -= length;
      if (this.#bytesLeft <= 0) {
        // A reset throws away what waits to be sent: let it go first, so that packets are cut in the middle.
        await new Promise((resolve) => setImmediate(resolve));
        this.reset();
        return;
      }
      if (!isRoomLeft) await drained(to);
    }
  }

  #draw(most: number): number {
    return drawInteger(this.#random, 1, most);
  }
}

/** Resolves when the socket takes more, or is gone. */
async function drained(socket: Socket): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      socket.off('drain', done);
      socket.off('close', done);
      resolve();
    };
    socket.once('drain', done);
    socket.once('close', done);
  });
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
