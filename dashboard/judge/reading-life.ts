/** The life of one reading as far as the last judgement knows it: motion, wire, landing, and both pipelines. */
import { namePeople, tellConsent, tellReading, tellTime } from '../../scenarios/index.ts';
import { NOBODY } from '../../simulator/index.ts';
import type { Truth } from '../../simulator/index.ts';
import type { DemoPolicy, ReadingLife } from '../api.ts';
import type { Session } from './court.ts';
import { findLandedRow, findRefusedLine } from './landing-search.ts';
import { tellZones } from './zone-life.ts';

/** One part of the way. */
export type LifeStage = ReadingLife['stages'][number];

/** Tells it. Throws PipelineError when zones cannot be read. */
export async function tellLife(session: Session, truth: Truth): Promise<ReadingLife> {
  const what = truth.kind === 'distance' ? 'a distance' : 'a phone sample';
  const whose = truth.person === NOBODY ? 'a real device' : namePeople([truth.person]);
  const stages: LifeStage[] = [tellMotion(session, truth), tellWay(truth)];
  stages.push(await tellLanding(session, truth));
  for (const policy of ['strict', 'classic'] satisfies DemoPolicy[]) {
    stages.push(...(await tellZones(session.findings[policy], policy, truth)));
  }
  return { reading: truth.id, title: `Reading ${truth.id}: ${what} of ${whose}`, stages };
}

function tellMotion({ findings }: Session, truth: Truth): LifeStage {
  const { evidence } = findings.strict;
  const made = tellReading(evidence, truth);
  const { person } = truth;
  const text =
    person === NOBODY ? `${made}.` : `${made}. This person ${tellConsent(evidence, person)}.`;
  return { name: 'Motion', text };
}

/** The bytes of single readings are not kept in a live run. */
function tellWay(truth: Truth): LifeStage {
  const name = truth.kind === 'distance' ? 'Serial line' : 'MQTT';
  if (truth.kind === 'acceleration') {
    const { x, y, z, timeStamp } = truth;
    const off = timeStamp - Math.round(truth.atMs);
    const clock =
      off === 0 ? 'which is right' : `which is ${Math.abs(off)} ms ${off > 0 ? 'fast' : 'slow'}`;
    const text = `The phone measures x ${x}, y ${y}, z ${z} at ${tellTime(timeStamp)} by its clock, ${clock}. ${WAYS[truth.fate]}`;
    return { name, text };
  }
  if (truth.serialNumber === undefined)
    return { name, text: 'No box measured it: none stood there.' };
  const sent =
    truth.boot === undefined
      ? ''
      : ` It goes out as reading ${truth.seq} of the start ${truth.boot}.`;
  const text = `The box ${truth.serialNumber} measures the distance ${truth.distance}.${sent} ${WAYS[truth.fate]}`;
  return { name, text };
}

const WAYS: Readonly<Record<Truth['fate'], string>> = {
  'never-sent': 'It has not left the device.',
  sent: 'It left the device whole.',
  garbled: 'What arrived of it is damaged, and must be refused.',
  lost: 'It was cut off on the way.',
};

async function tellLanding({ findings, objects }: Session, truth: Truth): Promise<LifeStage> {
  const name = 'Landing';
  const { evidence } = findings.strict;
  const landed = evidence.landed.readings.get(truth.id);
  if (landed === undefined) {
    const refused = await findRefusedLine(objects, truth);
    if (refused !== undefined) {
      const text = `The bridge put its line into quarantine (${refused.reason}): ${refused.place}.`;
      return { name, text, bytes: refused.bytes };
    }
    return { name, text: 'It has not landed.' };
  }
  const found = await findLandedRow(objects, { evidence, truth, timeMs: landed.timeMs });
  const offMs = landed.timeMs - truth.atMs;
  const off =
    Math.round(offMs) === 0
      ? 'to the ms'
      : `${Math.abs(Math.round(offMs))} ms ${offMs > 0 ? 'late' : 'early'}`;
  const times = landed.rows === 1 ? '' : ` It landed ${landed.rows} times.`;
  const place = found === undefined ? '' : `: ${found.place}`;
  const text = `It landed with the time ${tellTime(landed.timeMs)}, ${off}${place}.${times}`;
  return { name, text, ...(found !== undefined && { bytes: found.bytes }) };
}
