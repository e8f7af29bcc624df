import { describe, expect, it } from 'vitest';
import { Fields } from '../../../device-bench/core/fields.ts';
import type { MeantLine } from '../../../device-bench/core/meant-line.ts';
import { readFields } from '../../../device-bench/core/read-fields.ts';

/** What a text (class and body) was meant to be, and the rules of spelling that it breaks. */
function read(text: string): { meant: MeantLine | undefined; rules: string[] } {
  const fields = new Fields(text.slice(1).split(','));
  const meant = readFields(text.charAt(0), fields);
  return { meant, rules: fields.breaches.map(({ rule }) => rule) };
}

const READING = { kind: 'reading', boot: '7F3A', seq: 1, ticks: 2, distance: 3, flags: 4 };

describe('readFields', () => {
  it.each([
    ['$R,7F3A,1,2,3,4', READING],
    ['!BOOT,7F3A,PWR', { kind: 'boot', boot: '7F3A', why: 'PWR' }],
    ['!HB,7F3A,4294967295', { kind: 'heartbeat', boot: '7F3A', ticks: 4_294_967_295 }],
    ['!E,99,i2c, again', { kind: 'fault', text: 'i2c, again' }],
    [`!E,0,${'x'.repeat(40)}`, { kind: 'fault', text: 'x'.repeat(40) }],
    ['=ERR,a,7', { kind: 'error', tag: 'a', code: 7 }],
  ])('reads %s without a word', (text, meant) => {
    expect(read(text)).toEqual({ meant, rules: [] });
  });

  it.each([
    ['a negative distance', '$R,7F3A,1,2,-3,4', { ...READING, distance: 65_533 }],
    ['a negative flag field', '$R,7F3A,1,2,3,-252', READING],
    ['negative ticks', '!HB,7F3A,-1', { kind: 'heartbeat', boot: '7F3A', ticks: 4_294_967_295 }],
    ['a lower-case boot id', '!BOOT,7f3a,PWR', { kind: 'boot', boot: '7F3A', why: 'PWR' }],
  ])('reads what is spelt wrong: %s', (_what, text, meant) => {
    expect(read(text)).toEqual({ meant, rules: ['STL-FRAME-008'] });
  });

  it.each([
    ['a distance that is too great', '$R,7F3A,1,2,65536,4'],
    ['a flag field that is too great', '$R,7F3A,1,2,3,256'],
    ['a reading with a field too many', '$R,7F3A,1,2,3,4,5'],
    ['a reading with a field too few', '$R,7F3A,1,2,3'],
    ['a boot without its reason', '!BOOT,7F3A'],
    ['a boot with a long reason', '!BOOT,7F3A,POWERLOSS'],
    ['a heartbeat with a field too many', '!HB,7F3A,1,2'],
    ['a fault without a text', '!E,1'],
    ['a fault with a great number', '!E,100,text'],
    ['a fault with a long text', `!E,1,${'x'.repeat(41)}`],
    ['a fault with a star', '!E,1,a*b'],
  ])('reads and refuses %s, once', (_what, text) => {
    const { meant, rules } = read(text);
    expect(meant).toBeDefined();
    expect(rules).toEqual(['STL-FRAME-007']);
  });

  it('leaves counters that are too great to the rules of wrapping', () => {
    expect(read('$R,7F3A,65536,4294967296,3,4')).toEqual({
      meant: { ...READING, seq: 65_536, ticks: 4_294_967_296 },
      rules: [],
    });
  });

  it.each(['$X,1', '=R,7F3A,1,2,3,4', '$OK,a,PING,', '!ID,a', '=', '!R,1'])(
    'knows no line %s',
    (text) => {
      expect(read(text)).toEqual({ meant: undefined, rules: ['STL-FRAME-007'] });
    },
  );
});
