/** The way of a phone sample in its message, as far as the bridge. */
import type { TruthAcceleration } from '../../simulator/index.ts';
import { tellTime } from '../evidence/person-names.ts';
import type { LifeStage } from './life.ts';
import type { PersonalView } from './personal-view.ts';
import type { Retrace } from './retrace.ts';

/** Said of a sample that its phone did not publish. */
export const UNPUBLISHED =
  'It publishes no message with it: the app was not open, or had no network.';

/** What the phone takes down of its sample. */
export function tellTaken({ timeStamp, x, y, z, atMs }: TruthAcceleration): LifeStage {
  const offMs = timeStamp - atMs;
  const off = offMs === 0 ? 'right' : `${Math.abs(offMs)} ms ${offMs > 0 ? 'fast' : 'slow'}`;
  const text = `The phone takes x ${x}, y ${y}, z ${z}, and stamps it ${tellTime(timeStamp)}: its clock is ${off}.`;
  return { stage: 'device', atMs, text };
}

/** What became of the sample between the phone and the bridge. */
export function tellMessageWay(
  truth: TruthAcceleration,
  trace: Retrace,
  view: PersonalView,
): LifeStage[] {
  const { atMs, lateMs = 0 } = truth;
  const taken = tellTaken(truth);
  const [sent] = trace.sent;
  if (sent === undefined) return [taken, { stage: 'device', atMs, text: UNPUBLISHED }];
  const held = lateMs > 0 ? `, ${lateMs} ms late` : '';
  const published: LifeStage = {
    stage: 'device',
    atMs: sent.atMs,
    text: `The phone publishes it${held} on ${trace.source ?? 'its topic'}:`,
    bytes: view.bytes(sent.meant),
  };
  return [taken, published, ...tellArrivals(trace)];
}

function tellArrivals({ sent, heard }: Retrace): LifeStage[] {
  const [first] = sent;
  if (first === undefined) return [];
  const arrivals = heard.filter(({ bytes }) => bytes === first.meant);
  const [arrival] = arrivals;
  if (arrival === undefined) {
    const why = first.damages.length > 0 ? 'it is lost on the way' : 'it never reaches the bridge';
    return [{ stage: 'wire', atMs: first.atMs, text: `The message does not arrive: ${why}.` }];
  }
  const stages: LifeStage[] = [
    {
      stage: 'wire',
      atMs: arrival.atMs,
      text: `The message arrives at the bridge ${arrival.atMs - first.atMs} ms later, byte for byte.`,
    },
  ];
  for (const { atMs } of arrivals.slice(1)) {
    stages.push({ stage: 'wire', atMs, text: 'The same message arrives once more.' });
  }
  return stages;
}
