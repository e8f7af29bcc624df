/** The committed firmware answers every line as the codec decodes it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeHostCommand,
  encodeHostCommand,
  ERROR_CODES,
} from '../../../firmware-protocol/index.ts';
import type { HostCommand } from '../../../firmware-protocol/index.ts';
import { COMMAND_PIECES, NASTY_COMMANDS, withCrc } from './nasty-commands.ts';
import { powerReference } from './reference-board.ts';

const RATE_HZ_MAX = 200;

/** What a device has to answer to a line, as the codec decodes it; nothing where it has to be silent. */
function dueAnswer(raw: string): RegExp {
  const decoded = decodeHostCommand(raw);
  if (decoded.kind === 'nothing') return /^$/;
  if (decoded.kind === 'rejected') return new RegExp(`^=ERR,${decoded.tag},${decoded.code}$`);
  const { tag, command } = decoded;
  const [verb, rest] = dueFields(command);
  return new RegExp(`^=${verb},${tag},${rest}$`);
}

function dueFields(command: HostCommand): [verb: string, rest: string] {
  switch (command.kind) {
    case 'identify':
      return ['ID', String.raw`1,STEDI,ST-REF,[0-9a-f-]{36},1\.0\.0,[0-9A-F]{4}`];
    case 'capabilities':
      return ['CAPS', String.raw`R200,SYNC\+REBOOT\+PPM500`];
    case 'start':
      return command.rateHz > RATE_HZ_MAX
        ? ['ERR', String(ERROR_CODES.BAD_ARG)]
        : ['OK', `START,${command.rateHz}`];
    case 'stop':
      return ['OK', String.raw`STOP,\d+`];
    case 'ping':
      return ['OK', 'PING,'];
    case 'reboot':
      return ['OK', 'REBOOT,'];
    case 'sync':
      return ['SYNC', String.raw`${command.hostMs},\d+,\d+`];
  }
}

describe('the firmware and the codec agree', () => {
  const { ask } = powerReference();

  test.each(NASTY_COMMANDS)('on %j', (raw) => {
    expect(ask(raw)).toMatch(dueAnswer(raw));
  });

  test('on whatever a host may send', () => {
    const pieces = fc.array(fc.constantFrom(...COMMAND_PIECES), { maxLength: 5 });
    const typed = pieces.map((words) => words.join(' '));
    const glued = pieces.map((words) => words.join(''));
    const byte = fc.integer({ min: 0, max: 0xff }).map((code) => String.fromCharCode(code));
    const noise = fc.string({ unit: byte, maxLength: 90 });
    const line = fc
      .oneof(typed, typed.map(withCrc), glued, glued.map(withCrc), noise)
      .filter((text) => !text.includes('\n'));
    fc.assert(
      fc.property(line, (raw) => {
        expect({ raw, answer: ask(raw) }).toEqual({
          raw,
          answer: expect.stringMatching(dueAnswer(raw)),
        });
      }),
      { numRuns: 150 },
    );
    expect(ask(encodeHostCommand('end', { kind: 'stop' }).trimEnd())).toMatch(/^=OK,end,STOP,/);
  });
});

test('what does not fit into the receive buffer is refused, not run together', () => {
  const { say } = powerReference();
  const answers = say('START 1\n'.repeat(200), 3_000).map(({ text }) => text.slice(0, -5));
  expect(answers.filter((text) => text === '=OK,,START,1').length).toBeGreaterThan(20);
  expect(answers.filter((text) => text === '=ERR,,2').length).toBeGreaterThan(0);
  for (const text of answers) expect(text).toMatch(/^(=OK,,START,1|=ERR,,2|\$R,.*)$/);
});
