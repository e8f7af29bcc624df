/** `GET /api/signals?person=N`: what is measured of one person, gathered and sent many times a second. */
import type { SignalChunk } from '../api.ts';
import type { DemoRun, Signal } from './demo-run.ts';
import type { EventStream } from './event-stream.ts';
import type { Pulse } from './pulse.ts';

/** 25 times a second: a page that draws at 30 to 60 pictures a second moves smoothly with it. */
const CHUNK_MS = 40;
/** Ten seconds at 50 Hz of two devices, as much as the page shows: of what waits longer, the oldest is dropped. */
const WAITING_MAX = 1_000;

/** Sends the signals of a person for as long as the stream is open. */
export function relaySignals(
  stream: EventStream,
  { run, person, pulse }: { readonly run: DemoRun; readonly person: number; readonly pulse: Pulse },
): void {
  const samples: [number, number, number, number][] = [];
  const distances: [number, number][] = [];
  const endSignals = run.onSignal(person, (signal: Signal) => {
    if (signal.kind === 'sample') {
      samples.push([signal.atMs, signal.x, signal.y, signal.z]);
      if (samples.length > WAITING_MAX) samples.shift();
    } else {
      distances.push([signal.atMs, signal.distance]);
      if (distances.length > WAITING_MAX) distances.shift();
    }
  });
  const endPulse = pulse(CHUNK_MS, () => {
    if (stream.isSlow || samples.length + distances.length === 0) return;
    const chunk: SignalChunk = {
      person,
      samples: samples.splice(0),
      distances: distances.splice(0),
    };
    stream.send('signal', JSON.stringify(chunk));
  });
  stream.onClose(() => {
    endSignals();
    endPulse();
  });
}
