/** Arbitrary valid lines and commands of STL/1, up to the limits of every field. */
import fc from 'fast-check';
import type { DeviceLine, HostCommand } from '../../firmware-protocol/index.ts';

/** A command with its tag. */
export interface TaggedCommand {
  readonly tag: string;
  readonly command: HostCommand;
}

const UPPER_HEX = '0123456789ABCDEF';
const DIGITS_AND_CAPITALS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LETTERS_AND_DIGITS = `${DIGITS_AND_CAPITALS}abcdefghijklmnopqrstuvwxyz`;
const PRINTABLE = Array.from({ length: 0x7f - 0x20 }, (_, index) =>
  String.fromCharCode(0x20 + index),
);

function word(alphabet: string, minLength: number, maxLength: number): fc.Arbitrary<string> {
  // Size "max" reaches the longest word as often as a short one.
  return fc.string({
    unit: fc.constantFrom(...alphabet.split('')),
    minLength,
    maxLength,
    size: 'max',
  });
}

const boot = word(UPPER_HEX, 4, 4);
const tag = word(LETTERS_AND_DIGITS, 0, 4);
const seq = fc.nat(0xffff);
const ticks = fc.oneof(fc.nat(0xffff_ffff), fc.constantFrom(0, 0xffff_ffff));
const rateHz = fc.integer({ min: 1, max: 1000 });
const hostMs = fc.oneof(fc.maxSafeNat(), fc.nat(1000), fc.constant(Number.MAX_SAFE_INTEGER));

const reading = fc.record({
  kind: fc.constant('reading'),
  boot,
  seq,
  ticks,
  distance: fc.nat(0xffff),
  flags: fc.nat(0xff),
});

const event = fc.oneof(
  fc.record({ kind: fc.constant('boot'), boot, why: word(DIGITS_AND_CAPITALS, 1, 8) }),
  fc.record({ kind: fc.constant('heartbeat'), boot, ticks }),
  fc.record({
    kind: fc.constant('fault'),
    code: fc.nat(99),
    text: word(PRINTABLE.join('').replace('*', ''), 0, 40),
  }),
);

const response = fc.oneof(
  fc.record({
    kind: fc.constant('id'),
    tag,
    model: word(`${LETTERS_AND_DIGITS}-`, 1, 7),
    serialNumber: fc.uuid(),
    firmware: word(`${LETTERS_AND_DIGITS}-.`, 1, 8),
    boot,
  }),
  fc.record({
    kind: fc.constant('caps'),
    tag,
    maxRateHz: rateHz,
    options: fc.array(word(DIGITS_AND_CAPITALS, 1, 8), { maxLength: 6, size: 'max' }),
  }),
  fc.record({ kind: fc.constant('started'), tag, rateHz }),
  fc.record({ kind: fc.constant('stopped'), tag, seq }),
  fc.record({ kind: fc.constantFrom('pong', 'rebooting'), tag }),
  fc.record({ kind: fc.constant('synced'), tag, hostMs, rxTicks: ticks, txTicks: ticks }),
  fc.record({ kind: fc.constant('error'), tag, code: fc.constantFrom(1, 2, 3, 4, 5, 6, 7) }),
);

/** A reading, an event or a response: every line that carries a CRC. */
export const framedLines: fc.Arbitrary<Exclude<DeviceLine, { readonly kind: 'text' }>> = fc.oneof(
  reading,
  event,
  response,
);

/** Any line that a device may send. */
export const deviceLines: fc.Arbitrary<DeviceLine> = fc.oneof(
  { arbitrary: framedLines, weight: 10 },
  {
    arbitrary: fc.record({
      kind: fc.constant('text'),
      text: word(PRINTABLE.join(''), 0, 79).filter((text) => !/\*[0-9A-F]{4}$/i.test(text)),
    }),
    weight: 1,
  },
);

/** Any command, tagged or not. */
export const commands: fc.Arbitrary<TaggedCommand> = fc.record({
  tag,
  command: fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constantFrom('identify', 'capabilities', 'stop', 'ping') }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('start'), rateHz }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('sync'), hostMs }) },
    // Rare, because a trainer is deaf behind it until its adapter starts it again.
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('reboot'), seq, ticks }) },
  ),
});
