/** What a recording plays: the lines that its device sent unasked, boot by boot, and what it answered. */
import {
  decodeDeviceLine,
  decodeHostCommand,
  decodeRawRecord,
  FLAG_OUT_OF_RANGE,
  RATE_HZ_MAX,
} from '../../firmware-protocol/index.ts';
import type {
  DeviceResponse,
  ErrorCode,
  HostCommand,
  RawRecord,
  Reading,
} from '../../firmware-protocol/index.ts';
import type { RecordedLine, Recording, RecordingHeader } from './recording.ts';
import { fitReplayClock, unwrapTicks } from './replay-clock.ts';
import type { ReplayClock, SeenTicks } from './replay-clock.ts';
import type { TrainerProduct } from './trainer.ts';

/** A line that the device sends unasked. `unwrappedTicks` is given for a reading that a bridge should land. */
export interface ScriptLine {
  readonly ms: number;
  readonly bytes: string;
  /** Index of the boot that sent it. */
  readonly boot: number;
  readonly reading: (Reading & { readonly unwrappedTicks: number }) | undefined;
  /** A reading: it flows only while the device has been started. */
  readonly isStream: boolean;
  /** The raw record in the line, of which the time counts from the beginning of the recording. */
  readonly record: RawRecord | undefined;
}

/** A boot of the device, and what it answered then. */
export interface ScriptBoot {
  readonly id: string;
  readonly serialNumber: string;
  readonly product: TrainerProduct;
  /** The options of `=CAPS`, but those that a recording cannot keep. */
  readonly options: readonly string[];
  readonly errors: ReadonlyMap<HostCommand['kind'], ErrorCode>;
  readonly clock: ReplayClock;
  /** When the recorded host first asked something of this boot. */
  readonly firstCommandMs: number | undefined;
}

/** A recording, ready to be played. */
export interface ReplayScript {
  readonly lines: readonly ScriptLine[];
  readonly boots: readonly ScriptBoot[];
  /** Whether the recorded host has started the device. */
  readonly isStarted: boolean;
  /** Whether the device spoke STL/1: one that sends raw records alone answers nothing. */
  readonly answers: boolean;
  readonly durationMs: number;
}

/** For a device that did not say who it is. */
const NOBODY = { serial: '00000000-0000-4000-8000-000000000000', model: 'REPLAY', firmware: '0' };
/** A recording has one past only: it cannot start again with other counters. */
const REBOOT_OPTION = 'REBOOT';

interface OpenBoot {
  id: string | undefined;
  firstCommandMs: number | undefined;
  identity: (DeviceResponse & { kind: 'id' }) | undefined;
  caps: (DeviceResponse & { kind: 'caps' }) | undefined;
  readonly errors: Map<HostCommand['kind'], ErrorCode>;
  readonly seen: SeenTicks[];
}

/** Sorts a recording into what a replay does by itself and what it answers. */
export function writeReplayScript(recording: Recording): ReplayScript {
  return new ScriptWriter(recording).write();
}

class ScriptWriter {
  readonly #recording: Recording;
  readonly #lines: ScriptLine[] = [];
  readonly #boots: OpenBoot[] = [newBoot(undefined)];
  /** What the host has asked and when, by tag. */
  readonly #asked = new Map<string, HostCommand['kind']>();
  #isStarted = false;
  #answers = false;

  constructor(recording: Recording) {
    this.#recording = recording;
  }

  write(): ReplayScript {
    for (const line of this.#recording.lines) {
      if (line.from === 'host') this.#readCommand(line);
      else this.#readLine(line);
    }
    return {
      lines: this.#lines,
      boots: this.#boots.map((boot) => this.#close(boot)),
      isStarted: this.#isStarted,
      answers: this.#answers,
      durationMs: this.#recording.durationMs,
    };
  }

  #readCommand({ bytes, ms }: RecordedLine): void {
    this.#boot.firstCommandMs ??= ms;
    const decoded = decodeHostCommand(bytes.replace(/\r?\n$/, ''));
    if (decoded.kind !== 'command') return;
    this.#asked.set(decoded.tag, decoded.command.kind);
    if (decoded.command.kind === 'start') this.#isStarted = true;
  }

  #readLine(line: RecordedLine): void {
    const decoded = decodeDeviceLine(line.bytes.replace(/\n$/, ''));
    if (decoded.kind !== 'rejected' && decoded.kind !== 'text') this.#answers = true;
    switch (decoded.kind) {
      case 'boot':
        this.#enterBoot(decoded.boot, true);
        return this.#push(line);
      case 'heartbeat':
        this.#enterBoot(decoded.boot, false);
        this.#see(decoded.ticks, line.ms);
        return this.#push(line);
      case 'reading': {
        this.#enterBoot(decoded.boot, false);
        return this.#push(line, { ...decoded, unwrappedTicks: this.#see(decoded.ticks, line.ms) });
      }
      case 'rejected':
      case 'text':
      case 'fault':
        return this.#push(line);
      default:
        return this.#readResponse(decoded, line.ms);
    }
  }

  /** A boot line is a new boot even under the same id; every other line only under another id. */
  #enterBoot(id: string, isBorn: boolean): void {
    const current = this.#boot;
    const isFresh = current.id === undefined && current.seen.length === 0;
    if (isFresh) {
      current.id = id;
      // What was asked before it was born, it has not heard.
      if (isBorn) current.firstCommandMs = undefined;
    } else if (isBorn || current.id !== id) this.#boots.push(newBoot(id));
  }

  get #boot(): OpenBoot {
    return this.#boots.at(-1) as OpenBoot;
  }

  #see(ticks: number, ms: number): number {
    const { seen } = this.#boot;
    const unwrapped = unwrapTicks(ticks, seen.at(-1)?.ticks ?? ticks);
    seen.push({ ticks: unwrapped, ms });
    return unwrapped;
  }

  #push({ ms, bytes }: RecordedLine, reading?: ScriptLine['reading']): void {
    const lands = reading !== undefined && (reading.flags & FLAG_OUT_OF_RANGE) === 0;
    const boot = this.#boots.length - 1;
    const isStream = reading !== undefined;
    const raw = isStream ? undefined : decodeRawRecord(bytes.replace(/\n$/, ''));
    const record = raw?.kind === 'record' ? raw.record : undefined;
    this.#lines.push({ ms, bytes, boot, isStream, reading: lands ? reading : undefined, record });
  }

  #readResponse(response: DeviceResponse, ms: number): void {
    const asked = this.#asked.get(response.tag);
    this.#asked.delete(response.tag);
    const boot = this.#boot;
    switch (response.kind) {
      case 'id':
        if (boot.id !== response.boot) this.#enterBoot(response.boot, false);
        this.#boot.identity = response;
        return;
      case 'caps':
        boot.caps = response;
        return;
      case 'synced':
        this.#see(response.txTicks, ms);
        return;
      case 'error':
        if (asked !== undefined) boot.errors.set(asked, response.code);
        return;
      default:
        // A later success counts more than an earlier refusal.
        if (asked !== undefined) boot.errors.delete(asked);
    }
  }

  #close(boot: OpenBoot): ScriptBoot {
    const identity = boot.identity ?? this.#boots.find((each) => each.identity)?.identity;
    const caps = boot.caps ?? this.#boots.find((each) => each.caps)?.caps;
    const { serial, model, firmware } = nameDevice(this.#recording.header, identity);
    const { maxRateHz = RATE_HZ_MAX, options = ['SYNC'] } = caps ?? {};
    return {
      id: boot.id ?? '0000',
      serialNumber: serial,
      product: { model, firmware, maxRateHz },
      options: options.filter((option) => option !== REBOOT_OPTION),
      errors: boot.errors,
      firstCommandMs: boot.firstCommandMs,
      clock: fitReplayClock(boot.seen),
    };
  }
}

/** What the device said it is, else what the header knows, else a name for somebody unknown. */
function nameDevice(header: RecordingHeader, identity: OpenBoot['identity']): typeof NOBODY {
  if (identity !== undefined) return { ...identity, serial: identity.serialNumber };
  return {
    serial: header.serial ?? NOBODY.serial,
    model: header.model ?? NOBODY.model,
    firmware: header.firmware ?? NOBODY.firmware,
  };
}

function newBoot(id: string | undefined): OpenBoot {
  return {
    id,
    firstCommandMs: undefined,
    identity: undefined,
    caps: undefined,
    errors: new Map(),
    seen: [],
  };
}
