/** The way of a trainer reading over its serial line, as far as the bridge. */
import { decodeDeviceLine } from '../../firmware-protocol/index.ts';
import type { Truth, TruthDistance } from '../../simulator/index.ts';
import { tellTime } from '../evidence/person-names.ts';
import { findLine, linesOf } from './heard-lines.ts';
import type { HeardLine } from './heard-lines.ts';
import { showBytes } from './life.ts';
import type { LifeStage } from './life.ts';
import type { Retrace } from './retrace.ts';

/** Said of a reading that its box did not send. */
export const UNSENT =
  'It does not send it: nobody had started it, or it could not get rid of the line.';

/** What the box measures, if one does. */
export function tellMeasured({ serialNumber, distance, atMs }: TruthDistance): LifeStage {
  const text =
    serialNumber === undefined
      ? 'No box measured it: none stood there, or it had no power.'
      : `The box ${serialNumber} measures the distance ${distance}.`;
  return { stage: 'device', atMs, text };
}

/** Which reading it is for its box: a sentence without its end. */
export function tellNumber({ seq, boot }: TruthDistance): string {
  return `It sends reading ${seq} of its start ${boot}`;
}

/** What became of the reading between the box and the bridge. */
export function tellSerialWay(truth: TruthDistance, trace: Retrace): LifeStage[] {
  const port = trace.source ?? 'an unknown port';
  const measured = tellMeasured(truth);
  if (truth.serialNumber === undefined) return [measured];
  const [sent] = trace.sent;
  if (sent === undefined) return [measured, { stage: 'device', atMs: truth.atMs, text: UNSENT }];
  const { damages, passed, meant, atMs } = sent;
  const stages: LifeStage[] = [
    measured,
    {
      stage: 'device',
      atMs,
      text: `${tellNumber(truth)}:`,
      bytes: showBytes(meant),
    },
  ];
  if (damages.length > 0) {
    stages.push({
      stage: 'wire',
      atMs,
      text: `The line is hit by: ${damages.join(', ')}. What is left of it:`,
      bytes: showBytes(passed),
    });
  }
  return [...stages, ...tellArrival(truth, trace, port)];
}

function tellArrival(truth: TruthDistance, trace: Retrace, port: string): LifeStage[] {
  const [sent] = trace.sent;
  if (sent === undefined) return [];
  const lines = linesOf(trace.heard);
  const arrived = arrivedLine(lines, truth, trace);
  if (arrived === undefined) {
    const text = `Nothing of it arrives at ${port}: ${reasonOfSilence(truth, sent.atMs, trace)}.`;
    return [{ stage: 'wire', text }];
  }
  const lateMs = Number((arrived.atMs - sent.atMs).toFixed(1));
  const isWhole = withoutEnd(arrived.text) === withoutEnd(sent.meant);
  const stages: LifeStage[] = [
    {
      stage: 'wire',
      atMs: arrived.atMs,
      text: `It arrives at ${port}, ${lateMs} ms later, ${isWhole ? 'whole, here without its LF' : 'in this line'}:`,
      bytes: showBytes(arrived.text),
    },
  ];
  if ((truth.arrivals ?? 1) > 1) {
    stages.push({ stage: 'wire', text: `The line arrives whole ${truth.arrivals} times in all.` });
  }
  return [...stages, ...tellBridge(lines, arrived, trace)];
}

/** The line at the bridge that holds what is left of a reading; a lost one left nothing there. */
export function arrivedLine(
  lines: readonly HeardLine[],
  { fate }: Truth,
  { sent: [sent] }: Retrace,
): HeardLine | undefined {
  return sent === undefined || fate === 'lost' ? undefined : findLine(lines, sent);
}

/** What the bridge knew of the device by then, and what it reads in the line. */
function tellBridge(
  lines: readonly HeardLine[],
  arrived: HeardLine,
  { away }: Retrace,
): LifeStage[] {
  const killed = away.findLast(({ untilMs }) => untilMs <= arrived.atMs);
  const bornMs = killed?.untilMs ?? Number.NEGATIVE_INFINITY;
  const before = lines.slice(0, lines.indexOf(arrived)).filter(({ atMs }) => atMs >= bornMs);
  const heard = (start: string): HeardLine | undefined =>
    before.findLast(({ text }) => text.startsWith(start) && decodesWell(text));
  const stages: LifeStage[] = [];
  if (killed !== undefined) {
    const text = `The bridge, killed at ${tellTime(killed.atMs)}, is started again. What devices said before, it does not know.`;
    stages.push({ stage: 'bridge', atMs: killed.untilMs, text });
  }
  const known: readonly (readonly [start: string, meaning: string])[] = [
    ['=ID,', 'The device had said who it is:'],
    ['=SYNC,', 'It had last been asked for its clock:'],
  ];
  for (const [start, meaning] of known) {
    const line = heard(start);
    if (line === undefined) {
      stages.push({
        stage: 'bridge',
        text: `${killed === undefined ? 'By then' : 'Since then'} the device had sent no ${start.slice(0, -1)}.`,
      });
    } else {
      const bytes = showBytes(line.text);
      stages.push({ stage: 'bridge', atMs: line.atMs, text: meaning, bytes });
    }
  }
  const decoded = decodeDeviceLine(withoutEnd(arrived.text));
  const reading =
    decoded.kind === 'reading'
      ? `The bridge reads: start ${decoded.boot}, reading ${decoded.seq}, ${decoded.ticks} ms after the start, distance ${decoded.distance}.`
      : `The bridge cannot take this line for a reading (${'reason' in decoded ? String(decoded.reason) : decoded.kind}).`;
  return [...stages, { stage: 'bridge', atMs: arrived.atMs, text: reading }];
}

function decodesWell(line: string): boolean {
  return decodeDeviceLine(withoutEnd(line)).kind !== 'rejected';
}

function reasonOfSilence({ fate }: Truth, sentMs: number, { away }: Retrace): string {
  const killed = away.find(({ atMs, untilMs }) => atMs <= sentMs && sentMs < untilMs);
  if (killed !== undefined) return `the bridge had been killed at ${tellTime(killed.atMs)}`;
  return fate === 'sent'
    ? 'the bridge was away, or the port closed'
    : 'a fault took all its bytes, or the cable was pulled';
}

function withoutEnd(line: string): string {
  return line.replace(/\r?\n?$/, '');
}
