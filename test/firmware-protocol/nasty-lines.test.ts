import { describe, expect, it } from 'vitest';
import {
  decodeDeviceLine,
  decodeHostCommand,
  encodeDeviceLine,
  encodeHostCommand,
} from '../../firmware-protocol/index.ts';
import { NASTY_LINES } from './nasty-lines.ts';

/** What a device's line comes to; a line that is understood must be the one that its value is written as. */
function fromDevice(bytes: string): string {
  const decoded = decodeDeviceLine(bytes);
  if (decoded.kind === 'rejected') return decoded.rule;
  return encodeDeviceLine(decoded) === `${bytes}\r\n` ? decoded.kind : 'rewritten';
}

/** What a host's line comes to; a command without CRC must be the one that its value is written as, but for the CRC. */
function fromHost(bytes: string): string | number {
  const decoded = decodeHostCommand(bytes);
  if (decoded.kind === 'nothing') return 'nothing';
  if (decoded.kind === 'rejected') return decoded.code;
  const wire = encodeHostCommand(decoded.tag, decoded.command);
  return wire.slice(0, -7) === bytes ? decoded.command.kind : 'rewritten';
}

const groups = Object.entries(NASTY_LINES);
const all = groups.flatMap(([, lines]) => lines);

describe('the corpus', () => {
  it('has at least 200 lines, none of them twice', () => {
    expect(all.length).toBeGreaterThanOrEqual(200);
    expect(new Set(all.map(([bytes]) => bytes)).size).toBe(all.length);
  });

  it('has lines of bytes, without a line feed', () => {
    expect(all.filter(([bytes]) => /[^\0-\t\v-\u00ff]/.test(bytes))).toEqual([]);
  });

  it('has few lines that are right after all', () => {
    const right = all.filter(([, device]) => !device.startsWith('STL-'));
    expect(right.length).toBeLessThan(all.length / 20);
  });
});

describe.each(groups)('%s', (_what, lines) => {
  const named = lines.map(([bytes, device, host, about]) => ({
    bytes,
    due: [device, host],
    name: about ?? bytes,
  }));

  it.each(named)('$name: $due from a device and from a host', ({ bytes, due }) => {
    expect([fromDevice(bytes), fromHost(bytes)]).toEqual(due);
  });
});
