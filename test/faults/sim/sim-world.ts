/** A bridge with everything around it in virtual time, and every way to do it harm. */
import { drawInteger, drawOne } from '../../../simulator/core/random.ts';
import { seededStreams, VirtualTime } from '../../../simulator/index.ts';
import type { Random } from '../../../simulator/index.ts';
import type { FaultPlan, Stroke } from './fault-plan.ts';
import { SimBridge } from './sim-bridge.ts';
import type { PlantedBug } from './sim-bridge.ts';
import { SimDisk } from './sim-disk.ts';
import type { Damage } from './sim-disk.ts';
import { SimIntake } from './sim-intake.ts';
import { SimPhone } from './sim-phone.ts';
import type { PhoneTally } from './sim-phone.ts';
import { SimProcess } from './sim-process.ts';
import type { WallClock } from './sim-process.ts';
import { SimSerial } from './sim-serial.ts';
import type { SerialTally } from './sim-serial.ts';
import { SimStorage } from './sim-storage.ts';

const HOUR_MS = 3_600_000;
/** Midnight before the run begins, UTC. */
const DAY = Date.UTC(2026, 0, 1);
const RESTART_MS = [50, 3_000] as const;
const EXIT_MS = [0, 20] as const;
const CONNECT_MS = [20, 300] as const;

/** How a bridge came to its end. */
type End = 'kill' | 'power-loss' | 'stopped' | 'failed';

/** Everything of one seed. */
export class SimWorld {
  readonly time: VirtualTime;
  readonly disk: SimDisk;
  readonly storage: SimStorage;
  readonly intake: SimIntake = new SimIntake();
  readonly phones: readonly SimPhone[];
  readonly cables: readonly SimSerial[];
  readonly startMs: number;
  readonly tally: PhoneTally & SerialTally & Record<End | 'recovered', number> = {
    poison: 0,
    twice: 0,
    reordered: 0,
    conflict: 0,
    redelivered: 0,
    wrapped: 0,
    garbled: 0,
    unplugged: 0,
    cutByDeath: 0,
    kill: 0,
    'power-loss': 0,
    stopped: 0,
    failed: 0,
    recovered: 0,
  };
  /** Rows that damage may have cost; `undefined` while there is none. */
  damagedRows: number | undefined;
  /** Whether power fails in this seed at any time. */
  readonly losesPower: boolean;
  readonly met: Map<Stroke, number> = new Map<Stroke, number>();
  readonly trace: string[] = [];
  readonly violations: string[] = [];
  readonly #clock: WallClock = { offsetMs: 0 };
  readonly #random: Random;
  readonly #bug: PlantedBug | undefined;
  readonly #streams: (name: string) => Random;
  #lives = 0;
  #bridge: SimBridge | undefined;
  #damages: Damage[] = [];

  constructor(plan: FaultPlan, bug?: PlantedBug) {
    this.startMs = DAY + 86_400_000 - plan.midnightMs;
    this.time = new VirtualTime(this.startMs);
    this.#streams = seededStreams(plan.seed);
    this.#random = this.#streams('world');
    this.#bug = bug;
    this.disk = new SimDisk(this.time, this.#streams('disk'));
    this.storage = new SimStorage(this.time, this.#streams('storage'));
    const { habits } = plan;
    const shared = { machine: this.time, intake: this.intake, tally: this.tally };
    this.phones = Array.from(
      { length: plan.phones },
      (_, number) =>
        new SimPhone({
          ...shared,
          random: this.#streams(`phone:${number}`),
          number,
          faults: { ...habits, reorders: habits.reordered > 0 },
        }),
    );
    this.cables = Array.from(
      { length: plan.cables },
      (_, number) =>
        new SimSerial({
          ...shared,
          random: this.#streams(`cable:${number}`),
          number,
          garbles: habits.garbled,
        }),
    );
    this.losesPower = plan.faults.some(({ kind }) => kind === 'power-loss');
    this.#limits = { segmentBytes: plan.segmentBytes, segmentMs: plan.segmentMs };
    this.#start();
  }

  readonly #limits: { readonly segmentBytes: number; readonly segmentMs: number };

  /** True when nothing is left to send, to acknowledge or to land. */
  get isSettled(): boolean {
    const isSent = [...this.phones, ...this.cables].every(({ isDone }) => isDone);
    return isSent && this.#bridge !== undefined && this.#bridge.isIdle;
  }

  /** Adds a line to the story of this seed. */
  note(text: string): void {
    this.trace.push(`${this.time.now() - this.startMs} ms: ${text}`);
  }

  /** Lets a fault strike. */
  strike(kind: Stroke): void {
    if (this.#strike(kind)) this.met.set(kind, (this.met.get(kind) ?? 0) + 1);
  }

  /** Ends all that was done to the world; what is down comes up by itself. */
  heal(): void {
    this.disk.leaveRoom(Number.POSITIVE_INFINITY);
    this.disk.failSyncs(false);
    this.disk.slowness = 1;
    this.storage.weather = undefined;
  }

  #strike(kind: Stroke): boolean {
    switch (kind) {
      case 'kill':
      case 'power-loss':
        return this.#end(kind);
      case 'stop':
        return this.#stop();
      case 'connections-reset':
        return this.#resetConnections();
      case 'unplug':
        return this.#unplug();
      case 'clock-forward':
        this.#clock.offsetMs += HOUR_MS;
        return true;
      case 'clock-back':
        this.#clock.offsetMs -= HOUR_MS;
        return true;
      default:
        // Damage is found when the bridge starts: it needs a reason to.
        if (this.#bridge !== undefined) this.#damages.push(kind);
        this.#end('kill');
        return false;
    }
  }

  /** Ports are closed first; what phones still send meanwhile is not acknowledged, or is durable. */
  #stop(): boolean {
    const bridge = this.#bridge;
    if (bridge === undefined || !bridge.stop(() => this.#endIf(bridge, 'stopped'))) return false;
    for (const cable of this.cables) cable.hostDied();
    return true;
  }

  #start(): void {
    const process = new SimProcess(this.time, this.#clock);
    this.tally.recovered++;
    this.note('the bridge starts');
    const bridge: SimBridge = new SimBridge({
      process,
      disk: this.disk,
      storage: this.storage,
      intake: this.intake,
      random: this.#streams(`bridge:${this.#lives++}`),
      limits: this.#limits,
      bug: this.#bug,
      onNotice: ({ text }) => this.note(text),
      onUp: () => this.#connect(),
      onFailure: () => this.#after(EXIT_MS, () => this.#endIf(bridge, 'failed')),
      onCrash: (cause) => this.#crashed(cause),
    });
    this.#bridge = bridge;
  }

  #connect(): void {
    const bridge = this.#bridge;
    const ifAlive = (action: () => void): void =>
      this.#after(CONNECT_MS, () => {
        if (bridge === this.#bridge) action();
      });
    for (const phone of this.phones) ifAlive(() => phone.connect());
    for (const cable of this.cables) ifAlive(() => bridge?.attach(cable));
    this.intake.onRoom = () => {
      for (const cable of this.cables) cable.resume();
    };
  }

  /** A start may fail while the disk does; somebody starts it again. */
  #crashed(cause: unknown): void {
    if (!this.disk.isIll) this.violations.push(`crash: ${String(cause)}`);
    this.#end('failed');
  }

  #endIf(bridge: SimBridge, end: End): void {
    if (bridge === this.#bridge) this.#end(end);
  }

  #end(end: End): boolean {
    const bridge = this.#bridge;
    if (bridge === undefined) return false;
    this.tally[end]++;
    this.note(`the bridge ends: ${end}`);
    // What was written and not synced may be what is damaged now.
    const isKept = end === 'kill' && bridge.hasWritten && this.#damages.length === 0;
    this.intake.close(end === 'stopped' || isKept);
    bridge.kill();
    this.#bridge = undefined;
    for (const phone of this.phones) phone.disconnect();
    for (const cable of this.cables) cable.hostDied();
    if (end === 'power-loss') this.disk.losePower();
    for (const damage of this.#damages) this.#damage(damage);
    this.#damages = [];
    this.#after(RESTART_MS, () => this.#start());
    return true;
  }

  #damage(kind: Damage): void {
    const { segments } = this.disk;
    if (segments.length === 0) return;
    const name = drawOne(this.#random, segments);
    const rows = this.disk.damage(kind, name, this.losesPower);
    this.damagedRows = (this.damagedRows ?? 0) + rows;
    this.met.set(kind, (this.met.get(kind) ?? 0) + 1);
    this.note(`${kind} of ${name} that may cost ${rows} rows`);
  }

  #resetConnections(): boolean {
    if (this.#bridge?.isUp !== true) return false;
    for (const phone of this.phones) {
      phone.disconnect();
      const bridge = this.#bridge;
      this.#after(CONNECT_MS, () => {
        if (bridge === this.#bridge) phone.connect();
      });
    }
    return true;
  }

  #unplug(): boolean {
    const plugged = this.cables.filter(({ isPlugged }) => isPlugged);
    if (plugged.length === 0) return false;
    const bridge = this.#bridge;
    const cable = drawOne(this.#random, plugged);
    cable.unplug();
    this.#after(CONNECT_MS, () => {
      if (bridge === this.#bridge) bridge?.attach(cable);
    });
    return true;
  }

  #after([least, most]: readonly [number, number], action: () => void): void {
    this.time.at(this.time.now() + drawInteger(this.#random, least, most), action);
  }
}
