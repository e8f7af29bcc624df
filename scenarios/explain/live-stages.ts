/** The way of a reading of a live run, of which no bytes are kept: what the truth ledger knows of it. */
import type { Truth } from '../../simulator/index.ts';
import { NOBODY } from '../../simulator/index.ts';
import type { LifeStage } from './life.ts';
import { tellTaken, UNPUBLISHED } from './message-stages.ts';
import { tellMeasured, tellNumber, UNSENT } from './wire-stages.ts';

const FATES: Readonly<Record<Exclude<Truth['fate'], 'never-sent'>, string>> = {
  sent: 'nothing happened to them on the way',
  garbled: 'a fault damaged them on the way',
  lost: 'a fault took them on the way',
};

/** What is known of the reading between the device and the bridge. */
export function tellLiveWay(truth: Truth): LifeStage[] {
  const { atMs, fate } = truth;
  if (truth.person === NOBODY) return fate === 'never-sent' ? [] : [tellWire(fate)];
  const taken = truth.kind === 'distance' ? tellMeasured(truth) : tellTaken(truth);
  if (truth.kind === 'distance' && truth.serialNumber === undefined) return [taken];
  if (fate === 'never-sent') {
    const text = truth.kind === 'distance' ? UNSENT : UNPUBLISHED;
    return [taken, { stage: 'device', atMs, text }];
  }
  if (truth.kind === 'acceleration') return [taken, tellWire(fate)];
  return [taken, { stage: 'device', text: `${tellNumber(truth)}.` }, tellWire(fate)];
}

function tellWire(fate: keyof typeof FATES): LifeStage {
  const text = `It leaves the device. The bytes of live runs are not kept; the simulator knows that ${FATES[fate]}.`;
  return { stage: 'wire', text };
}
