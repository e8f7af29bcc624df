import { MAX_LINE_BYTES } from '../../../firmware-protocol/index.ts';
import {
  changeBytes,
  changeLines,
  changeState,
  changeStep,
  errorOf,
  forgive,
  keepSilent,
  refuse,
  saidIn,
} from './rework.ts';
import type { FaultyDevice, Rework } from './rework.ts';

const CRC_SUFFIX = /\*[^*]*$/;
const LATE_MS = 400;
const TEXT_BYTES_MAX = MAX_LINE_BYTES - 2;

const isFramed = (line: string): boolean => line.includes('*');
const bare = (line: string): string => line.trimEnd().replace(CRC_SUFFIX, '');

/** Answers later than it may, in the order of the commands. */
const answersLate: Rework = ({ send }, timers) => ({
  send: (bytes, urgent) => {
    if (!bytes.startsWith('=ID')) return send(bytes, urgent);
    timers.at(timers.now() + LATE_MS, () => void send(bytes, urgent));
    return true;
  },
});

/** Keeps the tag of the last command that had one. */
const staleTag: Rework = ({ encode }) => {
  let last = '';
  return {
    encode: (line) => {
      if (!('tag' in line)) return encode(line);
      last = line.tag === '' ? last : line.tag;
      return encode({ ...line, tag: last });
    },
  };
};

/** Fills a buffer of one line again and again, and takes each filling for a line. */
const runsTails: Rework = ({ step }) => {
  let held = '';
  return {
    step: (before, event) => {
      if (event.kind !== 'received' || before.power === 'off') return step(before, event);
      held += event.bytes;
      if (!event.bytes.endsWith('\n')) return { state: before, effects: [] };
      const line = held;
      held = '';
      const first = step({ ...before, input: '' }, { ...event, bytes: line });
      if (line.trimEnd().length <= TEXT_BYTES_MAX) return first;
      const tail = step(first.state, { ...event, bytes: line.slice(TEXT_BYTES_MAX) });
      return { state: tail.state, effects: [...first.effects, ...tail.effects] };
    },
  };
};

/** Does not answer a command a second time when it has the same tag. */
const answersTagsOnce: Rework = ({ encode }) => {
  let last = '';
  return {
    encode: (line) => {
      if (!('tag' in line)) return encode(line);
      const isRepeated = line.tag !== '' && line.tag === last;
      last = line.tag;
      return isRepeated ? '' : encode(line);
    },
  };
};

/** Faults of commands and errors. */
export const COMMAND_FAULTS: readonly FaultyDevice[] = [
  {
    name: 'PING is not answered',
    rule: 'STL-CMD-001',
    rework: keepSilent(({ kind }) => kind === 'pong'),
  },
  {
    name: 'two responses to one command',
    rule: 'STL-CMD-002',
    rework: changeBytes((bytes, { kind }) => (kind === 'pong' ? bytes + bytes : bytes)),
  },
  { name: 'answers after 400 ms', rule: 'STL-CMD-003', rework: answersLate },
  {
    name: 'answers without the tag',
    rule: 'STL-CMD-004',
    rework: changeLines('pong', (line) => ({ ...line, tag: '' })),
  },
  { name: 'answers with the tag of an earlier command', rule: 'STL-CMD-004', rework: staleTag },
  {
    name: 'START is answered with another rate',
    rule: 'STL-CMD-005',
    rework: changeLines('started', (line) => ({ ...line, rateHz: line.rateHz + 1 })),
  },
  {
    name: 'refuses typed commands',
    rule: 'STL-CMD-006',
    rework: refuse(1, (line) => line.trim() !== '' && !isFramed(line)),
  },
  {
    name: 'answers empty lines',
    rule: 'STL-CMD-007',
    rework: refuse(3, (line) => line.trim() === ''),
  },
  {
    name: 'START at the same rate is refused while streaming',
    rule: 'STL-CMD-008',
    rework: refuse(5, (line, { rateHz }) => rateHz > 0 && bare(line).endsWith(`START ${rateHz}`)),
  },
  {
    name: 'a repeated tag is not answered again',
    rule: 'STL-CMD-008',
    rework: answersTagsOnce,
  },
  {
    name: 'verbs in lower case are accepted',
    rule: 'STL-CMD-009',
    rework: forgive(
      3,
      (line) => `${bare(line).replace(/[a-z?]+$/, (verb) => verb.toUpperCase())}\n`,
    ),
  },
  {
    name: 'beginnings of verbs are accepted',
    rule: 'STL-CMD-009',
    rework: forgive(
      3,
      (line) =>
        `${bare(line)
          .replace(/\bPIN.*$/, 'PING')
          .replace(/\bSTO.*$/, 'STOP')}\n`,
    ),
  },
  {
    name: 'a wrong CRC is accepted',
    rule: 'STL-ERR-001',
    rework: forgive(1, (line) => `${bare(line)}\n`),
  },
  {
    name: 'a wrong CRC is refused under its tag',
    rule: 'STL-ERR-001',
    rework: changeStep(({ line, healthy }) => {
      const after = healthy();
      const tag = /^@(\w{1,4}) /.exec(line ?? '')?.[1];
      if (tag === undefined || errorOf(after) !== 1) return after;
      return { ...after, effects: [{ kind: 'send', line: { kind: 'error', tag, code: 1 } }] };
    }),
  },
  {
    name: 'a line that is too long is not refused',
    rule: 'STL-ERR-002',
    rework: changeStep(({ before, line, healthy }) => {
      const after = healthy();
      const isTooLong = (line?.trimEnd().length ?? 0) > TEXT_BYTES_MAX;
      return isTooLong ? { state: { ...before, input: '' }, effects: [] } : after;
    }),
  },
  {
    name: 'the rest of a line that is too long is a command',
    rule: 'STL-ERR-002',
    rework: runsTails,
  },
  {
    name: 'bad bytes are left out',
    rule: 'STL-ERR-003',
    rework: forgive(2, (line) =>
      line.length > MAX_LINE_BYTES ? line : line.replaceAll(/[^ -~\n]/g, ''),
    ),
  },
  {
    name: 'an unknown verb is not answered',
    rule: 'STL-ERR-004',
    rework: keepSilent((line) => line.kind === 'error' && line.code === 3),
  },
  {
    name: 'an unknown verb is answered with error 4',
    rule: 'STL-ERR-004',
    rework: changeLines('error', (line) => (line.code === 3 ? { ...line, code: 4 } : line)),
  },
  {
    name: 'surplus arguments are accepted',
    rule: 'STL-ERR-005',
    rework: forgive(
      4,
      (line) =>
        `${bare(line)
          .replace(/\b(ID\?|CAPS\?|STOP|PING) .*$/, '$1')
          .replace(/\b(START|SYNC) (\d+) .*$/, '$1 $2')}\n`,
    ),
  },
  {
    name: 'rates above the maximum are cut',
    rule: 'STL-ERR-005',
    rework: forgive(4, (line) => `${bare(line).replace(/\bSTART [1-9]\d{2,}$/, 'START 200')}\n`),
  },
  {
    name: 'an error ends streaming',
    rule: 'STL-ERR-006',
    rework: changeState((after, said) =>
      said.some(({ kind }) => kind === 'error') ? { ...after, rateHz: 0 } : after,
    ),
  },
  {
    name: 'an error starts seq again',
    rule: 'STL-ERR-006',
    rework: changeState((after, said) =>
      said.some(({ kind }) => kind === 'error') ? { ...after, seq: 0 } : after,
    ),
  },
  {
    name: 'garbage sticks in the buffer',
    rule: 'STL-ERR-007',
    rework: changeStep(({ healthy }) => {
      const after = healthy();
      if (after.state.power === 'off' || errorOf(after) !== 2) return after;
      return { ...after, state: { ...after.state, input: '?' } };
    }),
  },
  {
    name: 'a line that is too long deafens for one line',
    rule: 'STL-ERR-007',
    rework: deafAfter((line) => line.trimEnd().length > TEXT_BYTES_MAX),
  },
];

/** Misses the line behind one that `isDeafening`. */
function deafAfter(isDeafening: (line: string) => boolean): Rework {
  return (parts, timers) => {
    let isDeaf = false;
    return changeStep(({ before, line, healthy }) => {
      if (line === undefined) return healthy();
      if (isDeaf) {
        isDeaf = false;
        return { state: { ...before, input: '' }, effects: [] };
      }
      const after = healthy();
      isDeaf = isDeafening(line) && saidIn(after).length > 0;
      return after;
    })(parts, timers);
  };
}
