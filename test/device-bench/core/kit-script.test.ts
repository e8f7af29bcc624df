import { describe, expect, it } from 'vitest';
import { ACTS_MAX, playActs } from '../../../device-bench/core/kit-script.ts';
import type { Dialogue } from '../../../device-bench/core/acts/dialogue.ts';
import { board, dialogueWith, nobody, playAct } from './acts/play-act.ts';
import type { Played, TimedLink } from './acts/play-act.ts';

/** Plays all acts with a device of which nothing is known. */
function play(link: TimedLink, known: Partial<Dialogue> = {}): Played<string | undefined> {
  return playAct(link, playActs(dialogueWith(link, { maxRateHz: 0, options: [], ...known })));
}

describe('playActs', () => {
  it('plays as many acts as it says, the farewell of the kit apart, restarts last', () => {
    const { acts, result } = play(board());
    expect(result).toBeUndefined();
    expect(acts).toHaveLength(ACTS_MAX - 1);
    expect(acts.slice(0, 2)).toEqual(['greet', 'identify']);
    const restarts = ['restart', 'restart', 'wrap', 'reboot-in-stream', 'reboot-in-stream'];
    expect(acts.slice(-5)).toEqual(restarts);
  });

  it('plays no act that the device or the link has no means for', () => {
    const { acts, resets } = play(board({ capabilities: ['SYNC'] }), { canReset: false });
    expect(acts.at(-1)).toBe('overload');
    expect(resets).toBe(0);
    expect(play(board({ capabilities: [] })).acts).not.toContain('wrap');
  });

  it('synchronises only for level 3', () => {
    expect(play(board(), { level: 'L2' }).acts).not.toContain('sync');
    expect(play(board()).acts.filter((act) => act === 'sync')).toHaveLength(2);
  });

  it('asks nothing but who is there of a device that is silent', () => {
    const { acts, result, resets } = play(nobody());
    expect(acts).toEqual(['greet', 'identify']);
    expect(result).toMatch(/sends nothing/);
    expect(resets).toBe(0);
  });
});
