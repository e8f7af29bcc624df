/** The acts that ask a device at rest. */
import {
  encodeHostCommand,
  ERROR_CODES,
  LINE_END,
  MAX_LINE_BYTES,
} from '../../../firmware-protocol/index.ts';
import type { HostCommand } from '../../../firmware-protocol/index.ts';
import { responseOf, wait } from './act.ts';
import type { Act } from './act.ts';
import { ask, askLine, nextTag, reaches, withoutCrc } from './dialogue.ts';
import type { Dialogue } from './dialogue.ts';
import { frame } from './frame.ts';
import { drawGarbage } from './garbage.ts';
import { quieten } from './stop.ts';

const PING: HostCommand = { kind: 'ping' };
/** How long the kit waits for a response that must not come. */
const SILENCE_MS = 300;
const LINES_OF_GARBAGE = 4;
/** The longest text that fits into a line. */
const TEXT_BYTES_MAX = MAX_LINE_BYTES - LINE_END.length;
const CRC_BYTES = 5;

/** Right commands in all their spellings, repeated commands, empty lines, misspelt verbs. */
export function* askCommands(dialogue: Dialogue): Act {
  yield { kind: 'act', name: 'commands' };
  for (const tag of ['a', 'Z9', 'x0y', 'Ab12']) {
    yield* askLine(dialogue, spell(dialogue, tag, PING), tag);
  }
  yield* askLine(dialogue, spell(dialogue, '', PING), '');
  yield* ask(dialogue, { kind: 'stop' });
  for (const line of ['PING\r\n', 'PING\n', 'ID?\r\n', 'STOP\n']) {
    yield* askLine(dialogue, line, '');
  }
  const tag = nextTag(dialogue);
  yield* askLine(dialogue, `@${tag} CAPS?\r\n`, tag);
  for (const line of ['\r\n', '\n', '\r\n']) {
    yield { kind: 'send', bytes: line };
    yield* wait(SILENCE_MS, (heard) => responseOf(heard) !== undefined);
  }
  yield* repeat(dialogue, PING);
  yield* repeat(dialogue, { kind: 'identify' });
  yield* repeat(dialogue, { kind: 'stop' });
  for (const word of ['ping', 'Ping', 'PIN', 'PINGS', 'STO', 'id?']) {
    yield* askWrong(dialogue, word);
  }
}

/** Asks the same again, with the same tag and with another. */
function* repeat(dialogue: Dialogue, command: HostCommand): Act {
  const tag = nextTag(dialogue);
  const line = spell(dialogue, tag, command);
  yield* askLine(dialogue, line, tag);
  yield* askLine(dialogue, line, tag);
  yield* ask(dialogue, command);
}

function spell(dialogue: Dialogue, tag: string, command: HostCommand): string {
  const line = encodeHostCommand(tag, command);
  return dialogue.isTyped ? withoutCrc(line) : line;
}

/** Sends a line that is to be refused, with a tag; whatever it starts all the same is stopped. */
export function* askWrong(dialogue: Dialogue, text: string): Act {
  const tag = nextTag(dialogue);
  const line = frame(`@${tag} ${text}`);
  yield* sendWrong(dialogue, dialogue.isTyped ? withoutCrc(line) : line, tag);
}

function* sendWrong(dialogue: Dialogue, bytes: string, tag: string): Act {
  const answer = yield* askLine(dialogue, bytes, tag);
  if (answer?.kind === 'ok' && answer.verb === 'START') yield* quieten(dialogue);
}

/** Lines that are to be refused, each for another reason. */
export function* provokeErrors(dialogue: Dialogue): Act {
  yield { kind: 'act', name: 'errors' };
  yield* provokeCrcErrors(dialogue);
  yield* provokeLongLines(dialogue);
  yield* provokeBadBytes(dialogue);
  for (const text of ['JUMP', 'STATUS 1', 'HELP', 'S']) yield* askWrong(dialogue, text);
  for (const text of wrongArguments(dialogue)) yield* askWrong(dialogue, text);
  for (const line of ['@ PING', '@toolong PING', '@a-b PING']) {
    yield* sendWrong(dialogue, dialogue.isTyped ? line + LINE_END : frame(line), '');
  }
}

function* provokeCrcErrors(dialogue: Dialogue): Act {
  const tag = nextTag(dialogue);
  const right = frame(`@${tag} PING`);
  const crc = right.slice(right.indexOf('*') + 1, -LINE_END.length);
  const wrong = crc === '0000' ? '1111' : '0000';
  const spellings = [wrong, crc.slice(1), `0${crc}`, ''];
  if (/[A-F]/.test(crc)) spellings.push(crc.toLowerCase());
  for (const spelling of spellings) {
    yield* sendWrong(dialogue, `@${tag} PING*${spelling}${LINE_END}`, '');
    yield* ask(dialogue, PING);
  }
  yield* sendWrong(dialogue, `START 5*${crc}${LINE_END}`, '');
  yield* ask(dialogue, PING);
}

function* provokeLongLines(dialogue: Dialogue): Act {
  // The longest line that is not too long is refused for another reason.
  yield* sendWrong(dialogue, frame('X'.repeat(TEXT_BYTES_MAX - CRC_BYTES)), '');
  for (const length of [TEXT_BYTES_MAX + 1, 120, 300]) {
    yield* sendWrong(dialogue, frame(`${'Y'.repeat(length - CRC_BYTES - 5)} PING`), '');
    yield* wait(SILENCE_MS);
    yield* ask(dialogue, PING);
  }
}

function* provokeBadBytes(dialogue: Dialogue): Act {
  for (const text of ['PI\0NG', 'START\t5', 'PING\xff', '\x1bPING', 'PI\rNG', 'PING\x7f']) {
    yield* sendWrong(dialogue, frame(text), '');
    yield* ask(dialogue, PING);
  }
}

function wrongArguments(dialogue: Dialogue): readonly string[] {
  const { maxRateHz } = dialogue;
  const wrong = ['START', 'START 0', 'START 05', 'START +5', 'START 5 5', 'START 1001', 'START x'];
  if (maxRateHz > 0 && maxRateHz < 1000) wrong.push(`START ${maxRateHz + 1}`);
  wrong.push('PING 1', 'STOP 1', 'ID? 1', 'CAPS? 1');
  const { options } = dialogue;
  if (options.includes('SYNC') && reaches(dialogue, 'L3'))
    wrong.push('SYNC', 'SYNC soon', 'SYNC 1 2', 'SYNC 9007199254740992');
  if (options.includes('REBOOT'))
    wrong.push('REBOOT', 'REBOOT 1', 'REBOOT 65536 0', 'REBOOT 0 4294967296');
  return wrong;
}

/** Bytes without sense, and a command behind them. */
export function* sendGarbage(dialogue: Dialogue): Act {
  yield { kind: 'act', name: 'garbage' };
  for (let line = 0; line < LINES_OF_GARBAGE; line++) {
    const garbage = drawGarbage(`${dialogue.seed}/${line}`);
    yield { kind: 'send', bytes: `${garbage}*${ERROR_CODES.BAD_CRC}\n` };
    yield* wait(SILENCE_MS, (heard) => responseOf(heard) !== undefined);
    yield* ask(dialogue, PING);
  }
  // A line that was broken off: the command begins behind its LF, at once.
  const tag = nextTag(dialogue);
  const broken = `@${nextTag(dialogue)} START 2*\n`;
  yield* askLine(dialogue, broken + spell(dialogue, tag, PING), tag);
  yield* ask(dialogue, PING);
}
