import { describe, expect, it } from 'vitest';
import { LiveScreen } from '../../../device-bench/monitor/live-screen.ts';

function open(): { readonly screen: LiveScreen; readonly written: string[] } {
  const written: string[] = [];
  return { screen: new LiveScreen({ write: (text: string) => written.push(text) }), written };
}

const HIDE = '\u001B[?25l';
const SHOW = '\u001B[?25h';
const CLEAR = '\u001B[2K';
const BELOW = '\u001B[J';

describe('a live screen', () => {
  it('draws each frame over the last one', () => {
    const { screen, written } = open();
    screen.draw(['one', 'two']);
    screen.draw(['three']);
    screen.draw(['four', 'five', 'six']);
    expect(written).toEqual([
      `${HIDE}${CLEAR}one\r\n${CLEAR}two\r\n${BELOW}`,
      `\u001B[2A\r${CLEAR}three\r\n${BELOW}`,
      `\u001B[1A\r${CLEAR}four\r\n${CLEAR}five\r\n${CLEAR}six\r\n${BELOW}`,
    ]);
  });

  it('writes nothing when nothing has changed', () => {
    const { screen, written } = open();
    screen.draw(['one']);
    screen.draw(['one']);
    expect(written).toHaveLength(1);
  });

  it('gives the cursor back, once, and only if it took it', () => {
    const { screen, written } = open();
    screen.close();
    expect(written).toEqual([]);
    screen.draw([]);
    screen.close();
    screen.close();
    expect(written).toEqual([`${HIDE}${BELOW}`, SHOW]);
  });
});
