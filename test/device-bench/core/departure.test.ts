import { describe, expect, it } from 'vitest';
import { findDeparture } from '../../../device-bench/core/departure.ts';
import type { Departure } from '../../../device-bench/core/kit-report.ts';
import type { RuleId } from '../../../firmware-protocol/index.ts';
import { frameLine } from '../../../firmware-protocol/framing.ts';
import { tellTranscript } from './told-transcript.ts';

const GREET = ['/greet', '!BOOT,7F3A,PWR'];
const STREAM = ['/stream', '> START 5', '=OK,,START,5', '$R,7F3A,0,9,1,0', '$R,7F3A,1,19,1,0'];

/** Where `device` departs from `twin`, when its last entry breaks a rule. */
function departure(
  device: readonly string[],
  twin: readonly string[],
  rule?: RuleId,
): Departure | undefined {
  const transcript = tellTranscript(...device);
  const violation = { entry: transcript.length - 1, message: '' };
  return findDeparture(transcript, tellTranscript(...twin), violation, rule);
}

describe('findDeparture', () => {
  it('finds an answer that is another one', () => {
    expect(
      departure(
        [...GREET, '/errors', '> PING', '=OK,,PING,', '> FOO', '=ERR,,4', '> BAR', '=ERR,,4'],
        [...GREET, '/errors', '> PING', '=OK,,PING,', '> FOO', '=ERR,,3', '> BAR', '=ERR,,3'],
      ),
    ).toEqual({ act: 'errors', entry: 6, expected: frameLine('=ERR,,3') });
  });

  it('finds silence where the twin answers', () => {
    expect(
      departure([...GREET, '> FOO', '> PING'], [...GREET, '> FOO', '=ERR,,3', '> PING']),
    ).toEqual({ act: 'greet', entry: undefined, expected: frameLine('=ERR,,3') });
  });

  it('finds an answer too many', () => {
    expect(
      departure(
        [...GREET, '> PING', '=OK,,PING,', '=OK,,PING,'],
        [...GREET, '> PING', '=OK,,PING,'],
      ),
    ).toEqual({ act: 'greet', entry: 4, expected: undefined });
  });

  it('tells the times of an answer that is much later than that of the twin, for a rule about time', () => {
    const late = (rule?: RuleId) =>
      departure(
        [...GREET, '> PING', '+300', '=OK,,PING,'],
        [...GREET, '> PING', '=OK,,PING,'],
        rule,
      );
    expect(late('STL-CMD-003')).toEqual({
      act: 'greet',
      entry: 3,
      expected: frameLine('=OK,,PING,'),
      times: { what: 'from the command to its answer', deviceMs: 320, twinMs: 10 },
    });
    expect(late('STL-CMD-004')).toBeUndefined();
  });

  it('finds a line that nobody should say, and the one in its place', () => {
    const twin = [...GREET, ...STREAM, '$R,7F3A,2,29,1,0'];
    expect(departure([...GREET, ...STREAM, '$R,7F3A,2,29,1,0*0000'], twin)).toEqual({
      act: 'stream',
      entry: 7,
      expected: frameLine('$R,7F3A,2,29,1,0'),
    });
  });

  it('finds readings where the twin is silent, and silence where it streams', () => {
    const stopped = [...GREET, ...STREAM, '> STOP', '$R,7F3A,2,29,1,0', '=OK,,STOP,3'];
    const late = ['$R,7F3A,3,39,1,0', '$R,7F3A,4,49,1,0'];
    expect(departure([...stopped, ...late], stopped)).toEqual({
      act: 'stream',
      entry: 10,
      expected: undefined,
    });
    expect(departure([...stopped], [...stopped, ...late])).toEqual({
      act: 'stream',
      entry: undefined,
      expected: frameLine('$R,7F3A,3,39,1,0'),
    });
  });

  it('finds a boot that begins with another seq', () => {
    const first = (seq: number): string[] => [
      ...GREET,
      '> START 5',
      '=OK,,START,5',
      `$R,7F3A,${seq},9,1,0`,
    ];
    expect(departure(first(1), first(0))).toMatchObject({
      entry: 4,
      expected: frameLine('$R,7F3A,0,9,1,0'),
    });
  });

  it('finds a heartbeat that is missing', () => {
    expect(departure([...GREET, '/idle', '#text'], [...GREET, '/idle', '!HB,7F3A,4000'])).toEqual({
      act: 'idle',
      entry: undefined,
      expected: frameLine('!HB,7F3A,4000'),
    });
  });

  it('finds a heartbeat that is odd, and that of the twin wherever in the act it came', () => {
    const device = [...GREET, '/idle', '!HB,0001,4000', '> PING', '=OK,,PING,'];
    const twin = [...GREET, '/idle', '> PING', '=OK,,PING,', '!HB,7F3A,5000'];
    const found = { act: 'idle', entry: 3 };
    expect(departure(device, twin)).toEqual({ ...found, expected: frameLine('!HB,7F3A,5000') });
    expect(departure(device, twin.slice(0, -1))).toEqual({ ...found, expected: undefined });
  });

  it('lets pass what may differ: one reading more, other values, another boot id, text', () => {
    const own = [...GREET, ...STREAM, '$R,7F3A,2,30,7,0', '#text', '> STOP', '=OK,,STOP,3'];
    const twin = own
      .map((line) => line.replaceAll('7F3A', '0001'))
      .filter((line) => line !== '#text');
    twin.splice(6, 1);
    expect(departure(own, twin)).toBeUndefined();
  });

  it('lets pass the counters of a device whose boot was not heard', () => {
    const device = ['/greet', '> STOP', '=OK,,STOP,812', ...STREAM.slice(1, 3)];
    const running = [...device, '$R,7F3A,812,900000,1,0'];
    const twin = [...GREET, '> STOP', '=OK,,STOP,0', ...STREAM.slice(1, 4)];
    expect(departure(running, [twin[0] ?? '', ...twin.slice(2)])).toBeUndefined();
    expect(departure(running, twin)).toBeUndefined();
  });

  it('lets pass what comes before a boot', () => {
    expect(
      departure(['/greet', '\xff\xfe!', '!BOOT,7F3A,PWR', '> ID?', '#x'], [...GREET, '> ID?']),
    ).toBeUndefined();
  });

  it('tells the times of readings, or nothing, where no line differs', () => {
    const device = tellTranscript(...GREET, ...STREAM, '> PING', '=OK,,PING,');
    const slow = tellTranscript(...GREET, ...STREAM.slice(0, 4), '+15', STREAM[4] ?? '');
    const find = (entry: number, rule: RuleId, twin = device) =>
      findDeparture(slow, twin, { entry, message: 'too slow' }, rule);
    expect(find(6, 'STL-STREAM-002')).toEqual({
      act: 'stream',
      entry: 6,
      expected: frameLine('$R,7F3A,1,19,1,0'),
      times: { what: 'from reading to reading', deviceMs: 35, twinMs: 10 },
    });
    expect(find(6, 'STL-STREAM-002', slow)).toBeUndefined();
    expect(find(6, 'STL-STREAM-004')).toBeUndefined();
    expect(find(3, 'STL-STREAM-002')).toBeUndefined();
  });

  it('does not compare what was said to the device only', () => {
    expect(
      departure([...GREET, '> PING', '=ERR,,3'], [...GREET, '> STOP', '=OK,,STOP,0']),
    ).toBeUndefined();
    expect(departure([...GREET, '/more', '#text'], GREET)).toBeUndefined();
  });

  it('finds the first difference in time, of whatever kind', () => {
    const twin = [...GREET, '> REBOOT', '=OK,,REBOOT,', '!BOOT,0001,TEST', '!HB,0001,5'];
    const device = [...GREET, '> REBOOT', '=OK,,REBOOT,', '+50', '!HB,0001,5'];
    expect(departure(device, twin)).toEqual({
      act: 'greet',
      entry: undefined,
      expected: frameLine('!BOOT,0001,TEST'),
    });
  });

  it('finds a boot whose ticks begin elsewhere', () => {
    const first = (ticks: number): string[] => [
      ...GREET,
      `> A`,
      '=ERR,,3',
      `$R,7F3A,0,${ticks},1,0`,
    ];
    expect(departure(first(65_000), first(0))).toMatchObject({
      entry: 4,
      expected: frameLine('$R,7F3A,0,0,1,0'),
    });
  });

  it('looks into the act before for silence that shows late', () => {
    const twin = [...GREET, '/idle', '!HB,7F3A,4000', '/sync', '> PING', '=OK,,PING,'];
    const device = twin.filter((line) => !line.startsWith('!HB'));
    expect(departure(device, twin)).toEqual({
      act: 'idle',
      entry: undefined,
      expected: frameLine('!HB,7F3A,4000'),
    });
  });

  it('knows acts of the same name by their order', () => {
    const twin = ['/sync', '> A', '=ERR,,3', '/sync', '> A', '=ERR,,4'];
    expect(departure(['/sync', '> A', '=ERR,,3', '/sync', '> A', '=ERR,,3'], twin)).toMatchObject({
      entry: 5,
      expected: frameLine('=ERR,,4'),
    });
  });

  it('has nothing to say about what came before the first act', () => {
    expect(departure(['#text'], GREET)).toBeUndefined();
  });
});
