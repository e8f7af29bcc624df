/** The order of the acts. */
import type { Act, ReceivedLine } from './acts/act.ts';
import { isFramed } from './acts/act.ts';
import type { Dialogue } from './acts/dialogue.ts';
import { greet, identify } from './acts/greet.ts';

/** The names of the acts of a healthy device, in their order. */
export const ACTS: readonly string[] = ['greet', 'identify', 'farewell'];

/** One act after the other. Gives the reason when the kit has to end before the last. */
export function* playActs(dialogue: Dialogue): Act<string | undefined> {
  const heard = yield* greet(dialogue);
  const answer = yield* identify(dialogue);
  return answer === undefined ? describeSilence(heard) : undefined;
}

/** Why nobody has answered. */
export function describeSilence(heard: readonly ReceivedLine[]): string {
  const bytes = heard.map((line) => line.bytes).join('');
  if (bytes === '') {
    return 'The device sends nothing and does not answer ID?: is it powered, is this its port, are RX and TX exchanged?';
  }
  if (heard.some(isFramed))
    return 'The device sends lines of the protocol, but answers no command.';
  const odd = bytes.replaceAll(/[\x20-\x7e\r\n]/g, '').length;
  return odd > bytes.length / 5
    ? 'What arrives is not text: probably the baud rate is wrong.'
    : 'The device sends text, but no line of the protocol, and does not answer ID?.';
}
