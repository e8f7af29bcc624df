import { decodeDeviceLine, MAX_RAW_LINE_BYTES } from '../../firmware-protocol/index.ts';
import type { RandomStreams } from '../core/random.ts';
import type { Recording } from '../core/recording.ts';
import { writeReplayScript } from '../core/replay-script.ts';
import type { ReplayScript, ScriptLine } from '../core/replay-script.ts';
import type { Timers } from '../core/timers.ts';
import { NOBODY } from '../core/truth-ledger.ts';
import type { TruthDistance, TruthLedger } from '../core/truth-ledger.ts';
import { WireInjector } from '../core/wire-injector.ts';
import type { SerialCables } from './links.ts';
import { ReplayDevice } from './replay-device.ts';
import { StationWire } from './station-wire.ts';

/** A device that was recorded elsewhere, and when it is plugged in, in epoch ms. */
export interface RecordedDevice {
  readonly atMs: number;
  readonly recording: Recording;
}

/** What the place of a recorded device needs of the world around it. */
export interface RecordedStationOptions {
  readonly id: number;
  readonly device: RecordedDevice;
  readonly timers: Timers;
  readonly streams: RandomStreams;
  readonly ledger: TruthLedger;
  readonly cables: SerialCables;
}

/**
 * A serial port with a recorded device on it. Its intact readings stand in the ledger as made by nobody, under the time
 * that its own clock tells; what was damaged when it was recorded must be refused.
 */
export class RecordedStation {
  readonly #options: RecordedStationOptions;
  readonly #script: ReplayScript;
  readonly #truths = new Map<ScriptLine, TruthDistance>();
  /** False behind half a line: what comes next is a part of it. */
  #isLineStart = true;

  constructor(options: RecordedStationOptions) {
    this.#options = options;
    this.#script = writeReplayScript(options.device.recording);
  }

  /** Plugs the device in: the recording begins. */
  connect(): void {
    const { id, timers, streams, ledger, cables } = this.#options;
    const wire = new StationWire({
      port: cables.plug(id),
      timers,
      ledger,
      injector: new WireInjector([], (name) => streams(`station:${id}/wire/${name}`)),
      chunkFaults: [],
      chunkRandom: streams(`station:${id}/wire/chunks`),
    });
    const device = new ReplayDevice({
      script: this.#script,
      timers,
      waitsForStart: true,
      send: (text, line) => this.#send(wire, text, line),
      onBoot: (index) => this.#addTruths(device, index),
    });
    wire.onReceive((bytes) => device.receive(bytes));
    device.start();
  }

  #addTruths(device: ReplayDevice, boot: number): void {
    const { serialNumber: ownSerial } = this.#script.boots[boot] ?? {};
    for (const line of this.#script.lines) {
      const { reading, record } = line;
      const distance = reading?.distance ?? record?.distanceFromObject;
      if (line.boot !== boot || distance === undefined) continue;
      const truth = this.#options.ledger.addDistance({
        person: NOBODY,
        step: NOBODY,
        atMs: device.timeOf(line),
        serialNumber: record?.serialNumber ?? ownSerial,
        distance,
      });
      if (reading !== undefined) Object.assign(truth, { boot: reading.boot, seq: reading.seq });
      this.#truths.set(line, truth);
    }
  }

  #send(wire: StationWire, text: string, line: ScriptLine | undefined): boolean {
    const truth = line && this.#truths.get(line);
    if (!wire.send({ text, truth })) return false;
    if (line !== undefined && truth === undefined && this.#isLineStart) this.#noteDamage(text);
    this.#isLineStart = text.endsWith('\n');
    return true;
  }

  /** A line arrives as it was recorded. If that is damaged, its wire cannot tell. */
  #noteDamage(text: string): void {
    const content = text.replace(/\n$/, '');
    const decoded = decodeDeviceLine(content);
    if (content === text || decoded.kind !== 'rejected' || decoded.reason === 'empty') return;
    this.#options.ledger.addDamagedLine(content.slice(0, MAX_RAW_LINE_BYTES));
  }
}
