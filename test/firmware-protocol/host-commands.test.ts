import { describe, expect, it } from 'vitest';
import { decodeHostCommand, encodeHostCommand } from '../../firmware-protocol/host-commands.ts';
import { withCrc } from './reference-frame.ts';
import { COMMAND_VECTORS, wireOf } from './vectors.ts';

describe('annotated vectors', () => {
  it('cover every command', () => {
    expect(new Set(COMMAND_VECTORS.map((vector) => vector.command.kind))).toEqual(
      new Set('identify capabilities start stop sync ping reboot'.split(' ')),
    );
  });

  it.each(COMMAND_VECTORS)('$text, both ways', (vector) => {
    const decoded = { kind: 'command', tag: vector.tag, command: vector.command };
    expect(wireOf(vector)).toBe(`${vector.text}\r\n`);
    expect(withCrc(vector.text.slice(0, -5))).toBe(vector.text);
    expect(encodeHostCommand(vector.tag, vector.command)).toBe(wireOf(vector));
    expect(decodeHostCommand(`${vector.text}\r`)).toEqual(decoded);
    expect(decodeHostCommand(vector.text)).toEqual(decoded);
  });
});

describe('commands', () => {
  const start = (rateHz: number): object => ({ kind: 'start', rateHz });
  const sync = (hostMs: number): object => ({ kind: 'sync', hostMs });

  it.each([
    ['ID?', '', { kind: 'identify' }],
    ['@1 ID?', '1', { kind: 'identify' }],
    ['CAPS?', '', { kind: 'capabilities' }],
    ['@aZ09 CAPS?', 'aZ09', { kind: 'capabilities' }],
    ['STOP', '', { kind: 'stop' }],
    ['@0 STOP', '0', { kind: 'stop' }],
    ['PING', '', { kind: 'ping' }],
    ['@PING PING', 'PING', { kind: 'ping' }],
    ['START 1', '', start(1)],
    ['START 50', '', start(50)],
    ['@9 START 1000', '9', start(1000)],
    ['SYNC 0', '', sync(0)],
    ['SYNC 1655564444103', '', sync(1655564444103)],
    ['@8 SYNC 9007199254740991', '8', sync(Number.MAX_SAFE_INTEGER)],
    ['REBOOT 0 0', '', { kind: 'reboot', seq: 0, ticks: 0 }],
    ['@9 REBOOT 65535 4294967295', '9', { kind: 'reboot', seq: 65_535, ticks: 2 ** 32 - 1 }],
  ])('%s is accepted with and without CRC, with and without CR', (text, tag, command) => {
    const decoded = { kind: 'command', tag, command };
    for (const line of [text, `${text}\r`, withCrc(text), `${withCrc(text)}\r`]) {
      expect(decodeHostCommand(line)).toEqual(decoded);
    }
  });

  it.each(['', '\r'])('%j asks nothing', (line) => {
    expect(decodeHostCommand(line)).toEqual({ kind: 'nothing' });
  });
});

describe('a wrong CRC is error 1, without tag', () => {
  it.each([
    'PING*6428',
    'PING*0000',
    'PING*',
    'PING*642',
    'PING*64270',
    'PING*6427 ',
    '*',
    '*FFFE',
    '@4 PING*6427',
    'PING*ED5C',
    '@a STOP*15c0',
    'STOP*af2e',
    'PING *6427',
    'NOSUCH*0000',
    'START x*0000',
    '@toolong PING*0000',
    'PING*6427*6427',
  ])('%j', (line) => {
    expect(decodeHostCommand(line)).toEqual({
      kind: 'rejected',
      tag: '',
      code: 1,
      rule: 'STL-ERR-001',
    });
  });
});

describe('a line that is too long or has a bad byte is error 2, without tag', () => {
  it.each([
    ['81 bytes', `PING ${'x'.repeat(76)}`],
    ['81 bytes with CR', `PING ${'x'.repeat(76)}\r`],
    ['83 bytes with a right CRC', withCrc(`PING ${'x'.repeat(71)}`)],
    ['endless', 'x'.repeat(1_000_000)],
    ['NUL', 'PING\0'],
    ['tab', 'START\t50'],
    ['8-bit byte', 'PING\u00e9'],
    ['8-bit byte under a right CRC', withCrc('PING\u00ff')],
    ['DEL', '@9 PING\u007f'],
    ['two CR', 'PING\r\r'],
    ['CR inside', 'PI\rNG'],
    ['LF', 'PING\n'],
    ['no byte at all', 'PING\u{1F600}'],
  ])('%s', (_name, line) => {
    expect(decodeHostCommand(line)).toMatchObject({ kind: 'rejected', tag: '', code: 2 });
  });

  it('80 bytes are not too long', () => {
    expect(decodeHostCommand('x'.repeat(80))).toEqual({
      kind: 'rejected',
      tag: '',
      code: 3,
      rule: 'STL-ERR-004',
    });
  });
});

describe('what is no command is error 3, with its tag', () => {
  it.each([
    ['NOSUCH', ''],
    ['@9 NOSUCH', '9'],
    ['@9 NOSUCH 50', '9'],
    ['id?', ''],
    ['ping', ''],
    ['ID', ''],
    ['CAPS', ''],
    ['STOP?', ''],
    ['START50', ''],
    ['PING,', ''],
    [' ', ''],
    [' PING', ''],
    ['@9 ', '9'],
    ['@9  PING', '9'],
    ['@9 @8 PING', '9'],
    ['=OK,9,PING,', ''],
    ['constructor', ''],
    ['__proto__', ''],
  ])('%j', (line, tag) => {
    const rejected = { kind: 'rejected', tag, code: 3 };
    expect(decodeHostCommand(line)).toMatchObject(rejected);
    expect(decodeHostCommand(withCrc(line))).toMatchObject(rejected);
  });

  it('even when a star stands in it', () => {
    expect(decodeHostCommand(withCrc('PING*6427'))).toEqual({
      kind: 'rejected',
      tag: '',
      code: 3,
      rule: 'STL-ERR-004',
    });
  });
});

describe('the rule of a refused command', () => {
  it.each([
    ['x'.repeat(81), 'STL-ERR-002'],
    [`${'x'.repeat(81)}\0`, 'STL-ERR-002'],
    ['PING\0', 'STL-ERR-003'],
    ['ping', 'STL-CMD-009'],
    ['@9 Start 50', 'STL-CMD-009'],
    ['id?', 'STL-CMD-009'],
    ['ID', 'STL-ERR-004'],
    ['PINGS', 'STL-ERR-004'],
    ['', undefined],
    ['PING', undefined],
  ])('%.20j: %s', (line, rule) => {
    const decoded = decodeHostCommand(line);
    expect(decoded.kind === 'rejected' ? decoded.rule : undefined).toBe(rule);
  });
});

describe('a command whose option the device has not', () => {
  it.each(['SYNC 1', 'SYNC', 'REBOOT 0 0', 'REBOOT'])('%s is unknown', (command) => {
    const rejected = { kind: 'rejected', tag: '7', code: 3, rule: 'STL-ERR-004' };
    expect(decodeHostCommand(`@7 ${command}`, ['PPM200'])).toEqual(rejected);
  });

  it.each([
    ['SYNC 1', ['SYNC'], 'sync'],
    ['REBOOT 0 0', ['STEP', 'REBOOT'], 'reboot'],
    ['START 5', [], 'start'],
    ['PING', [], 'ping'],
  ])('%s with the options %j is known', (command, options, kind) => {
    expect(decodeHostCommand(command, options)).toMatchObject({ command: { kind } });
  });
});

describe('a wrong argument is error 4, with its tag', () => {
  const verbs = ['ID?', 'CAPS?', 'STOP', 'PING'];
  const numbers = ['', '01', '+1', '-1', '1.0', '1e1', '0x1', 'x', '1,', ' 1', '1 ', '1 1'];

  it.each([
    ...verbs.flatMap((verb) => [`${verb} `, `${verb} 1`, `${verb}  `]),
    'START',
    'START 0',
    'START 1001',
    ...numbers.map((value) => `START ${value}`),
    'SYNC',
    'SYNC 9007199254740992',
    'SYNC 99999999999999999999',
    ...numbers.map((value) => `SYNC ${value}`),
    'REBOOT',
    'REBOOT 0',
    'REBOOT 65536 0',
    'REBOOT 0 4294967296',
    'REBOOT 0 0 0',
    ...numbers.map((value) => `REBOOT 0 ${value}`),
    ...numbers.map((value) => `REBOOT ${value} 0`),
  ])('%j', (line) => {
    for (const [text, tag] of [
      [line, ''],
      [`@9 ${line}`, '9'],
    ] as const) {
      const rejected = { kind: 'rejected', tag, code: 4, rule: 'STL-ERR-005' };
      expect(decodeHostCommand(text)).toEqual(rejected);
      expect(decodeHostCommand(withCrc(text))).toEqual(rejected);
    }
  });

  it.each([
    '@',
    '@ ',
    '@ PING',
    '@9',
    '@9PING',
    '@aZ091 PING',
    '@a-b PING',
    '@@9 PING',
    '@, PING',
    '@9,8 PING',
  ])('so is a wrong tag, which is not repeated: %j', (line) => {
    expect(decodeHostCommand(line)).toEqual({
      kind: 'rejected',
      tag: '',
      code: 4,
      rule: 'STL-ERR-005',
    });
  });
});

describe('a command that lost its end', () => {
  it('may look like another typed command, which only the echo of the response shows', () => {
    const start = { kind: 'start', rateHz: 5 };
    expect(decodeHostCommand('@9 START 5')).toEqual({ kind: 'command', tag: '9', command: start });
  });
});
