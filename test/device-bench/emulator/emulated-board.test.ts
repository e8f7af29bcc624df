/** What avr8js leaves out, on programs of a few instructions. */
import { describe, expect, test } from 'vitest';
import { openEmulatedBoard } from '../../../device-bench/index.ts';
import type { EmulatedBoard } from '../../../device-bench/index.ts';
import { assembleHex } from './hex-file.ts';

/** Sets the USART to 57600 baud (UBRR 34 at double speed), receiver and transmitter on. */
const SET_UP = `
  ldi r16, 34
  sts 0xC4, r16
  ldi r16, 0x02
  sts 0xC0, r16
  ldi r16, 0x18
  sts 0xC1, r16
`;
/** Waits about 5 ms. */
const PAUSE = `
  ldi r24, 0xFF
  ldi r25, 0x4F
pause:
  sbiw r24, 1
  brne pause
`;
const ECHO = `
echo:
  lds r17, 0xC0
  sbrs r17, 7
  rjmp echo
  lds r18, 0xC6
  sts 0xC6, r18
  rjmp echo
`;
/** Sends r18 and waits until it is gone. */
const SEND = `
send:
  sts 0xC6, r18
sending:
  lds r19, 0xC0
  sbrs r19, 5
  rjmp sending
  ret
`;
/** Sends the digit `0` plus the cause of the reset. */
const SAY_CAUSE = `
  in r18, 0x34
  subi r18, 0xD0
  rcall send
`;

interface Heard {
  readonly board: EmulatedBoard;
  readonly bytes: { readonly atMs: number; readonly byte: number }[];
}

function power(program: string, baudRate = 57_600): Heard {
  const board = openEmulatedBoard({ hex: assembleHex(program), baudRate });
  const bytes: Heard['bytes'][number][] = [];
  board.onData((chunk) => {
    for (const byte of chunk) bytes.push({ atMs: board.timers.now(), byte });
  });
  return { board, bytes };
}

const textOf = ({ bytes }: Heard): string => String.fromCharCode(...bytes.map(({ byte }) => byte));

describe('the serial line', () => {
  test('takes as long for a byte as its sender: at 57600 baud a byte comes back after two', () => {
    const heard = power(SET_UP + ECHO);
    heard.board.run(1);
    heard.board.write('U');
    heard.board.run(2);
    expect(textOf(heard)).toBe('U');
    // 173.6 µs on the way there, 175 µs (2800 cycles) back, and a turn of the loop.
    expect(heard.bytes[0]?.atMs).toBeGreaterThan(1 + 0.1736 + 0.175);
    expect(heard.bytes[0]?.atMs).toBeLessThan(1 + 0.1736 + 0.175 + 0.002);
  });

  test('brings one byte after the other, whenever they were written', () => {
    const heard = power(SET_UP + ECHO);
    heard.board.run(1);
    heard.board.write('AB');
    heard.board.run(1.1);
    heard.board.write('C');
    heard.board.run(10);
    const times = heard.bytes.map(({ atMs }) => atMs);
    expect(textOf(heard)).toBe('ABC');
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeCloseTo(0.1736, 2);
    expect((times[2] ?? 0) - (times[1] ?? 0)).toBeCloseTo(0.1736, 2);
  });

  test('spoils bytes when the host has another baud rate', () => {
    const heard = power(SET_UP + ECHO, 38_400);
    heard.board.run(1);
    heard.board.write('Hello');
    heard.board.run(20);
    expect(heard.bytes.length).toBeGreaterThan(0);
    expect(textOf(heard)).not.toContain('H');
  });
});

describe('the receiver', () => {
  test('holds three bytes that nobody reads, and says that later ones were lost', () => {
    const READ = `
      lds r18, 0xC0
      andi r18, 0x88
      rcall send
      lds r18, 0xC6
      rcall send
    `;
    const heard = power(`${SET_UP}${PAUSE}${READ}${READ}${READ}end: rjmp end\n${SEND}`);
    heard.board.run(0.1);
    heard.board.write('ABCDE');
    heard.board.run(20);
    expect(textOf(heard)).toBe('\x88A\x80B\x80C');
  });
});

describe('a reset', () => {
  test('has a cause: power, then the reset line, which leaves RAM and bytes of the host as they are', () => {
    const REMEMBER = `
      lds r18, 0x0200
      inc r18
      sts 0x0200, r18
      rcall send
    `;
    const heard = power(`${SET_UP}${SAY_CAUSE}${REMEMBER}end: rjmp end\n${SEND}`);
    heard.board.run(5);
    heard.board.reset();
    heard.board.run(10);
    const [cause, before = 0, causeThen, after] = heard.bytes.map(({ byte }) => byte);
    expect([cause, causeThen]).toEqual([0x31, 0x32]);
    expect(after).toBe(before + 1);
  });

  test('takes the byte away that is being sent', () => {
    const heard = power(`${SET_UP}ldi r18, 0x41\nrcall send\nend: rjmp end\n${SEND}`);
    heard.board.run(0.1);
    heard.board.reset();
    heard.board.run(5);
    expect(textOf(heard)).toBe('A');
    expect(heard.bytes[0]?.atMs).toBeGreaterThan(0.27);
  });

  test('comes from a watchdog that is not fed, about every 16 ms', () => {
    const WATCHDOG = `
      ldi r16, 0x18
      ldi r17, 0x08
      sts 0x60, r16
      sts 0x60, r17
    `;
    const heard = power(`${SET_UP}${SAY_CAUSE}${WATCHDOG}end: rjmp end\n${SEND}`);
    heard.board.run(60);
    expect(textOf(heard)).toBe('1888');
    const times = heard.bytes.map(({ atMs }) => atMs);
    expect((times[2] ?? 0) - (times[1] ?? 0)).toBeCloseTo(16.2, 0);
  });
});

describe('sleep', () => {
  /** Falls asleep with a control byte of SMCR; interrupts are on, the one of the receiver among them. */
  const sleepWith = (control: number): string => `
    jmp start
    _loc 0x48
    lds r18, 0xC6
    rcall send
    reti
  start:
    ${SET_UP}
    ldi r16, 0x98
    sts 0xC1, r16
    ldi r16, ${control}
    out 0x33, r16
    sei
  nap:
    sleep
    ldi r18, 0x7A
    rcall send
    rjmp nap
    ${SEND}
  `;

  test('ends with an interrupt, and goes on behind the instruction', () => {
    const heard = power(sleepWith(1));
    heard.board.run(1_000);
    expect(textOf(heard)).toBe('');
    heard.board.write('A');
    heard.board.run(1_010);
    expect(textOf(heard)).toBe('Az');
  });

  test('does not happen where it was not enabled', () => {
    const heard = power(sleepWith(0));
    heard.board.run(2);
    expect(textOf(heard)).toMatch(/^z{5,}$/);
  });

  test('that stops the clocks is refused, with the fix', () => {
    const { board } = power(sleepWith(0b101));
    expect(() => board.run(1)).toThrow(
      expect.objectContaining({
        code: 'FIRMWARE_UNSUPPORTED',
        message: expect.stringMatching(/sleep mode 2\b.*SLEEP_MODE_IDLE/),
      }),
    );
  });
});

test('alarms of the host go off at their time, in their order, and may be in the past', () => {
  const { board } = power(SET_UP + ECHO);
  const done: string[] = [];
  board.timers.at(5, () => done.push(`b ${board.timers.now()}`));
  board.timers.at(2.5, () => {
    done.push(`a ${board.timers.now()}`);
    board.timers.at(1, () => done.push('late'));
  });
  board.run(4);
  expect(done).toEqual([expect.stringMatching(/^a 2\.500/), 'late']);
  board.run(10, () => done.length === 3);
  expect(done[2]).toMatch(/^b 5\.000/);
  expect(board.timers.now()).toBeCloseTo(5, 2);
});
