import { Duplex } from 'node:stream';

import { MqttGuard } from '../core/mqtt-guard.ts';
import { messageCost } from './broker-limits.ts';
import type { BrokerLimits } from './broker-limits.ts';
import type { BudgetWaiter, InFlightBudget } from './in-flight-budget.ts';
import { faultOf } from './peer-socket.ts';
import type { PeerSocket } from './peer-socket.ts';
import { PeerWatch } from './peer-watch.ts';
import type { RefusalReason } from './refusals.ts';

/** So many bytes of acknowledgements may wait for a client to read them before nothing more is read from it. */
const UNREAD_BYTES_MAX = 16 * 1024;
/** What is taken from a socket at a time. The more is left in it, the less it reads ahead: 64 KiB for each connection. */
const PIECE_BYTES = 16 * 1024;
/** How long a connection that ends by our will has to take what it was told. */
const LINGER_MS = 1_000;

type Callback = (error?: Error | null) => void;
interface Written {
  readonly chunk: Buffer;
}

/** What a connection needs of the broker around it. */
export interface ConnectionOptions {
  readonly limits: BrokerLimits;
  readonly budget: InFlightBudget;
  /** Told why the connection is cut, once at most. */
  readonly onRefused: (reason: RefusalReason) => void;
}

/**
 * The guard between a socket and the MQTT parser. It passes on bytes as they are, and stops reading in front of a
 * message for which there is no room, and behind CONNECT until it is answered. What waits stays in the socket.
 */
export class GuardedConnection extends Duplex implements BudgetWaiter {
  readonly #socket: PeerSocket;
  readonly #options: ConnectionOptions;
  readonly #guard: MqttGuard;
  readonly #watch: PeerWatch;
  /** Bytes that were read and wait: less than one chunk of the socket. */
  #rest: Buffer | undefined;
  #isWanted = false;
  #isAccepted = false;
  #isRefused = false;
  #isHushed = false;
  #hasEnded = false;
  /** What the message at hand costs, while there is no room for it. */
  #owed = 0;
  /** What is in flight; a part of it is known by its header alone. */
  #inFlight = 0;
  #undelivered = 0;
  #bytesRead = 0;
  #bytesWritten = 0;

  constructor(socket: PeerSocket, options: ConnectionOptions, nowMs: number) {
    super({ readableHighWaterMark: 1, writableHighWaterMark: UNREAD_BYTES_MAX });
    this.#socket = socket;
    this.#options = options;
    const { limits } = options;
    this.#guard = new MqttGuard({
      publishBytes: limits.packetBytes,
      controlBytes: limits.controlPacketBytes,
    });
    this.#watch = new PeerWatch(limits, nowMs);
    socket.on('readable', () => this.#pump());
    socket.on('end', () => {
      this.#hasEnded = true;
      this.#pump();
    });
    socket.on('error', () => this.destroy());
    // What arrived before a proper end is still taken.
    socket.on('close', () => this.#hasEnded || this.destroy());
  }

  /** Cuts the client when it is silent for longer; 0 stands for ever. */
  set keepAliveMs(ms: number) {
    this.#watch.keepAliveMs = ms;
  }

  /** The client is connected: what it sent behind its CONNECT may come in. */
  accept(): void {
    this.#isAccepted = true;
    this.#pump();
  }

  /** Notes that a message of this remaining length was parsed: from now on it is in flight until it is settled. */
  deliver(length: number): void {
    this.#undelivered -= messageCost(length);
  }

  /** A delivered message is durable or refused. To be called once for each, also when the connection is gone. */
  settle(length: number): void {
    const cost = messageCost(length);
    this.#inFlight -= cost;
    this.#options.budget.release(cost);
    // Half of its share first, so that the socket is not read for every single message.
    if (this.#owed > 0 && this.#inFlight <= this.#options.limits.connectionInFlightBytes / 2) {
      this.#pump();
    }
  }

  /** Tells the reason, if none was told before, without cutting: the MQTT side does it when the client is answered. */
  blame(reason: RefusalReason): void {
    if (this.#isRefused) return;
    this.#isRefused = true;
    this.#options.onRefused(reason);
  }

  /** Cuts the connection. */
  refuse(reason: RefusalReason): void {
    this.blame(reason);
    this.#socket.destroy();
    this.destroy();
  }

  /** Reads nothing more. What is in flight can still be acknowledged. */
  hush(): void {
    this.#isHushed = true;
  }

  /** Cuts a peer that is too slow. To be called several times a second. */
  sweep(nowMs: number): void {
    const reason = this.#watch.look(
      {
        packets: this.#guard.packets,
        isInPacket: this.#guard.isInPacket,
        bytesRead: this.#bytesRead,
        bytesWritten: this.#bytesWritten,
        isReading: this.#isWanted && this.#rest === undefined && this.#owed === 0,
        isWriting: this.writableLength > 0,
      },
      nowMs,
    );
    if (reason !== undefined) this.refuse(reason);
  }

  onRoom(): void {
    this.#pump();
  }

  override _read(): void {
    this.#isWanted = true;
    // Not at once: aedes is taking what is there, and would get both pieces copied into one.
    process.nextTick(() => this.#pump());
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Callback): void {
    this.#send(chunk, done);
  }

  /** All acknowledgements of a moment go out as one piece: each comes as three small ones. */
  override _writev(chunks: readonly Written[], done: Callback): void {
    this.#send(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
  }

  /** An error is what the MQTT side could not go on with; when the socket breaks, there is none to blame. */
  override _destroy(error: Error | null, done: Callback): void {
    if (error !== null) this.blame(faultOf(error));
    const { budget } = this.#options;
    budget.leave(this);
    budget.release(this.#undelivered);
    this.#inFlight -= this.#undelivered;
    this.#undelivered = 0;
    this.#rest = undefined;
    this.#end();
    done(error);
  }

  /** Lets the socket go when it has sent what was written, such as the reason of a refusal. */
  #end(): void {
    const socket = this.#socket;
    if (socket.destroyed) return;
    socket.setTimeout(LINGER_MS, () => socket.destroy());
    socket.destroySoon();
  }

  #send(bytes: Buffer, done: Callback): void {
    if (this.#socket.destroyed) return done();
    this.#socket.write(bytes, () => {
      this.#bytesWritten += bytes.length;
      done();
      if (this.#isWanted) this.#pump();
    });
  }

  /** Passes on what may be passed on, as long as it is wanted. */
  #pump(): void {
    while (this.#mayRead()) {
      const chunk = this.#rest ?? this.#take();
      if (chunk === null) {
        if (this.#hasEnded) this.push(null);
        return;
      }
      const end = this.#admit(chunk);
      const { fault } = this.#guard;
      if (fault !== undefined) return this.refuse(fault);
      this.#rest = end < chunk.length ? chunk.subarray(end) : undefined;
      if (end === 0) return;
      this.#isWanted = this.push(this.#rest === undefined ? chunk : chunk.subarray(0, end));
      if (this.#rest !== undefined) return;
    }
  }

  #mayRead(): boolean {
    const isHeard = this.#isWanted && !this.#isHushed && !this.destroyed;
    return isHeard && this.writableLength <= UNREAD_BYTES_MAX;
  }

  #take(): Buffer | null {
    const bytes = Math.min(this.#socket.readableLength, PIECE_BYTES);
    // With nothing there, the question makes it tell when there is something.
    const chunk = this.#socket.read(bytes === 0 ? undefined : bytes) as Buffer | null;
    if (chunk !== null) this.#bytesRead += chunk.length;
    return chunk;
  }

  /** How many bytes of the chunk may be passed on now. */
  #admit(chunk: Buffer): number {
    const guard = this.#guard;
    if (this.#owed > 0 && !this.#charge(this.#owed)) return 0;
    let at = 0;
    while (at < chunk.length && guard.fault === undefined) {
      if (guard.packets > 0 && !this.#isAccepted) return at;
      const wasInBody = guard.isInBody;
      at = guard.advance(chunk, at);
      const announces = !wasInBody && guard.isInBody && guard.isPublish;
      if (announces && !this.#charge(messageCost(guard.remainingLength))) return at;
    }
    return at;
  }

  #charge(cost: number): boolean {
    const { limits, budget } = this.#options;
    this.#owed = cost;
    if (this.#inFlight > 0 && this.#inFlight + cost > limits.connectionInFlightBytes) return false;
    if (!budget.take(cost)) {
      budget.wait(this);
      return false;
    }
    this.#owed = 0;
    this.#inFlight += cost;
    this.#undelivered += cost;
    return true;
  }
}
