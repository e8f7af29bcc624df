import { describe, expect, it } from 'vitest';
import type { WireDamage, WireFault } from '../../../simulator/core/faults.ts';
import { WireInjector } from '../../../simulator/core/wire-injector.ts';
import type { LineOnItsWay } from '../../../simulator/core/wire-injector.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';

const LINE: LineOnItsWay = {
  text: '$R,7F3A,0,421,181,0*0D16\r\n',
  from: 'device',
  boots: false,
  nowMs: 1_500,
};

function faultOf(damage: WireDamage, change: Partial<WireFault> = {}): WireFault {
  const span = { atMs: 1_000, untilMs: 2_000 };
  return { kind: 'wire', damage, station: 0, from: 'device', rate: 1, ...span, ...change };
}

function injector(...faults: readonly WireFault[]): WireInjector {
  return new WireInjector(faults, seededStreams(1));
}

const outcomes = (wires: WireInjector, times: number, line: LineOnItsWay = LINE): string[] =>
  Array.from({ length: times }, () => wires.damage(line).text);

describe('WireInjector', () => {
  it('leaves lines alone without faults', () => {
    expect(injector().damage(LINE)).toEqual({ text: LINE.text, damages: [] });
  });

  it.each([
    ['before it begins', { nowMs: 999 }, []],
    ['at its begin', { nowMs: 1_000 }, ['cr-only']],
    ['at its end', { nowMs: 2_000 }, []],
    ['of the other direction', { from: 'host' as const }, []],
  ])('%s', (_when, change, damages) => {
    expect(injector(faultOf('cr-only')).damage({ ...LINE, ...change }).damages).toEqual(damages);
  });

  it('hits as many lines as the rate says', () => {
    const wires = injector(faultOf('merge', { rate: 0.2 }));
    const hit = outcomes(wires, 5_000).filter((text) => text !== LINE.text).length;
    // Six standard deviations of a binomial count with n = 5,000 and p = 0.2.
    expect(Math.abs(hit - 1_000)).toBeLessThan(170);
  });

  it('hits no more lines than the count says', () => {
    const wires = injector(faultOf('merge', { count: 3 }));
    const hit = outcomes(wires, 10).map((text) => text !== LINE.text);
    expect(hit).toEqual([true, true, true, ...Array.from({ length: 7 }, () => false)]);
  });

  it('puts garbage in front of boot lines only', () => {
    const wires = injector(faultOf('boot-garbage', { baud: { sent: 74_880, read: 57_600 } }));
    expect(wires.damage(LINE).damages).toEqual([]);
    expect(wires.damage({ ...LINE, boots: true }).damages).toEqual(['boot-garbage']);
  });

  it('lets several faults act on one line, in the order of its way', () => {
    const wires = injector(faultOf('garble'), faultOf('cr-only'), faultOf('merge'));
    const { damages, text } = wires.damage(LINE);
    expect(damages).toEqual(['cr-only', 'merge', 'garble']);
    expect(text).toHaveLength(LINE.text.length - 1);
  });

  it('stops when nothing is left of the line', () => {
    const faults = [faultOf('partial'), faultOf('drop'), faultOf('garble')];
    const wires = new WireInjector(faults, () => ({ next: () => 0 }));
    expect(wires.damage(LINE)).toEqual({ text: '', damages: ['partial', 'drop'] });
  });

  it('draws for each kind and direction by itself', () => {
    const alone = outcomes(injector(faultOf('garble', { rate: 0.3 })), 200);
    const host = faultOf('garble', { from: 'host' });
    const among = injector(host, faultOf('garble', { rate: 0.3 }), faultOf('drop', { rate: 0 }));
    among.damage({ ...LINE, from: 'host' });
    expect(outcomes(among, 200)).toEqual(alone);
  });
});
