import { describe, expect, it } from 'vitest';
import { findBoots } from '../../../device-bench/core/restarts.ts';
import { tellTranscript } from './told-transcript.ts';

/** The boots of a told transcript: where each begins, why, with which seq and ticks, and whether it was announced. */
function bootsOf(...lines: readonly string[]): readonly unknown[] {
  return findBoots(tellTranscript(...lines)).boots.map(({ entry, cause, base, event }) => [
    entry,
    cause,
    base.seq,
    base.ticks,
    event?.entry,
  ]);
}

const FIRST = '!BOOT,7F3A,PWR';
const AGAIN = '!BOOT,0001,TEST';
const PONG = ['> PING', '=OK,,PING,'];
const REBOOT = '> REBOOT 65527 4294964795';
const REBOOTS = '=OK,,REBOOT,';

describe('findBoots', () => {
  it('begins with the port, whose boot may be announced late', () => {
    expect(bootsOf('#rom', FIRST, '$R,7F3A,0,1,2,0')).toEqual([[0, 'open', 0, 0, 1]]);
    expect(bootsOf('$R,7F3A,0,1,2,0', FIRST)).toEqual([[0, 'open', 0, 0, 1]]);
    expect(bootsOf(...PONG)).toEqual([[0, 'open', 0, 0, undefined]]);
    expect(bootsOf()).toEqual([[0, 'open', 0, 0, undefined]]);
  });

  it('finds a restart by the reset line, announced or not', () => {
    expect(bootsOf(FIRST, 'reset', AGAIN)).toEqual([
      [0, 'open', 0, 0, 0],
      [1, 'reset', 0, 0, 2],
    ]);
    expect(bootsOf(FIRST, 'reset', ...PONG).at(-1)).toEqual([1, 'reset', 0, 0, undefined]);
  });

  it('finds a restart that was asked for behind its answer, with the counters of the command', () => {
    expect(bootsOf(FIRST, REBOOT, REBOOTS, AGAIN)).toEqual([
      [0, 'open', 0, 0, 0],
      [3, 'command', 65_527, 4_294_964_795, 3],
    ]);
  });

  it('finds one that was asked for although its answer is lost', () => {
    expect(bootsOf(FIRST, REBOOT, AGAIN).at(-1)).toEqual([2, 'command', 65_527, 4_294_964_795, 2]);
  });

  it('does not take a second answer for a second restart', () => {
    const twice = [FIRST, REBOOT, REBOOTS, REBOOTS, AGAIN];
    expect(bootsOf(...twice)).toHaveLength(2);
    const { heard, boots } = findBoots(tellTranscript(...twice));
    expect(heard.map(({ boot }) => boots.indexOf(boot))).toEqual([0, 0, 0, 1]);
    expect(bootsOf(FIRST, ...PONG, REBOOTS)).toHaveLength(1);
  });

  it('finds a device that restarts by itself, before or after it has spoken', () => {
    expect(bootsOf(FIRST, AGAIN)).toEqual([
      [0, 'open', 0, 0, 0],
      [1, 'itself', 0, 0, 1],
    ]);
    expect(bootsOf(...PONG, AGAIN).at(-1)).toEqual([2, 'itself', 0, 0, 2]);
    expect(bootsOf(FIRST, REBOOT, REBOOTS, AGAIN, AGAIN).at(-1)).toEqual([4, 'itself', 0, 0, 4]);
  });

  it('gives each entry and line its boot and act', () => {
    const transcript = tellTranscript('/greet', FIRST, '/restart', 'reset', '#rom', AGAIN, ...PONG);
    const { boots, bootOf, heard } = findBoots(transcript);
    expect(bootOf.map((boot) => boots.indexOf(boot))).toEqual([0, 0, 0, 1, 1, 1, 1, 1]);
    expect(heard.map(({ entry, act, boot }) => [entry, act, boots.indexOf(boot)])).toEqual([
      [1, 'greet', 0],
      [4, 'restart', 1],
      [5, 'restart', 1],
      [7, 'restart', 1],
    ]);
    expect(boots.map(({ isAwake }) => isAwake)).toEqual([false, true]);
  });
});
