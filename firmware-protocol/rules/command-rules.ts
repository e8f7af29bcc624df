/** Rules of commands, their responses and errors. */
import { MAX_LINE_BYTES } from '../framing.ts';
import { ANSWER_MS_MAX } from '../limits.ts';
import type { Rule } from './rule.ts';

/** Rules of commands and errors. */
export type CommandRuleId =
  | 'STL-CMD-001'
  | 'STL-CMD-002'
  | 'STL-CMD-003'
  | 'STL-CMD-004'
  | 'STL-CMD-005'
  | 'STL-CMD-006'
  | 'STL-CMD-007'
  | 'STL-CMD-008'
  | 'STL-CMD-009'
  | 'STL-ERR-001'
  | 'STL-ERR-002'
  | 'STL-ERR-003'
  | 'STL-ERR-004'
  | 'STL-ERR-005'
  | 'STL-ERR-006'
  | 'STL-ERR-007';

/** Commands, responses and errors. */
export const COMMAND_RULES: Readonly<Record<CommandRuleId, Rule>> = {
  'STL-CMD-001': {
    level: 'L2',
    title: 'Every command is answered',
    must: 'Every command line that is not empty MUST be answered with a line of class `=`.',
    hint: 'Look for a code path that returns without a response, and for a receive buffer that overflows.',
  },
  'STL-CMD-002': {
    level: 'L2',
    title: 'Never two responses',
    must: 'A command MUST NOT be answered with more than one line of class `=`.',
    hint: 'Send progress as free text.',
  },
  'STL-CMD-003': {
    level: 'L2',
    title: 'Answers come in time',
    must: `The response MUST arrive within ${ANSWER_MS_MAX} ms after the last byte of the command.`,
    hint: 'Poll the receiver in the main loop; do not wait for the sensor inside it.',
  },
  'STL-CMD-004': {
    level: 'L2',
    title: 'Answers repeat the tag',
    must: 'The response MUST repeat the tag of the command, and have an empty tag when there was none.',
    hint: 'Forget the tag of the last command before you read the next.',
  },
  'STL-CMD-005': {
    level: 'L2',
    title: 'Answers repeat the value',
    must: 'The response MUST name what was done: the verb and rate of START, the verb of STOP, PING and REBOOT, the time of SYNC.',
    hint: 'Repeat the value that was understood, not the text that was received: the host compares the two.',
  },
  'STL-CMD-006': {
    level: 'L2',
    title: 'Typed commands work',
    must: 'A command without `*` and CRC MUST be carried out like one with them.',
    hint: 'Check a CRC when there is a `*`, and only then.',
    legal: 'The command may end with CR LF or with LF.',
  },
  'STL-CMD-007': {
    level: 'L2',
    title: 'Empty lines ask nothing',
    must: 'An empty line MUST be ignored, without a response.',
    hint: 'A terminal sends them whenever somebody presses Enter.',
  },
  'STL-CMD-008': {
    level: 'L2',
    title: 'A command may be repeated',
    must: 'A repeated command, with the same tag or another, MUST be answered again and MUST change nothing that the first has not changed.',
    hint: 'The host repeats a command whose answer was lost. Do not answer "already running", and do not restart counters.',
  },
  'STL-CMD-009': {
    level: 'L2',
    title: 'Lower case is another word',
    must: 'Verbs MUST be recognised in their exact spelling only.',
    hint: 'Compare whole words: neither prefixes nor other cases count.',
  },
  'STL-ERR-001': {
    level: 'L2',
    title: 'A wrong CRC is refused',
    must: 'A command whose CRC is wrong, or not spelt as four upper-case digits, MUST be answered with `=ERR,,1` and MUST NOT be carried out.',
    hint: 'The tag stays empty: after a wrong CRC not even the tag can be believed.',
  },
  'STL-ERR-002': {
    level: 'L2',
    title: 'A long line is refused once',
    must: `A line of more than ${MAX_LINE_BYTES - 2} bytes in front of its line end MUST be discarded up to that and answered with one \`=ERR,,2\`.`,
    hint: 'Set a mark when the buffer is full, go on to the LF, answer there. The rest of the line is not a command.',
  },
  'STL-ERR-003': {
    level: 'L2',
    title: 'A bad byte is refused',
    must: 'A line with a byte outside 0x20 to 0x7E MUST be answered with one `=ERR,,2` and MUST NOT be carried out.',
    hint: 'Check each byte as it arrives; a CR in front of the LF is part of the line end.',
  },
  'STL-ERR-004': {
    level: 'L2',
    title: 'Unknown commands are named',
    must: 'An unknown verb MUST be answered with `=ERR,<tag>,3`.',
    hint: 'Do not stay silent: the host would think the line was lost, and repeat it.',
  },
  'STL-ERR-005': {
    level: 'L2',
    title: 'Wrong arguments are refused',
    must: 'A missing, surplus or impossible argument, or an impossible tag, MUST be answered with error 4.',
    hint: 'Rates go from 1 to the maximum of `=CAPS`, without sign or leading zero; ID?, CAPS?, STOP and PING take no argument. Of an impossible tag nothing is repeated.',
  },
  'STL-ERR-006': {
    level: 'L2',
    title: 'Errors change nothing',
    must: 'A refused command MUST leave everything as it was: streaming goes on at its rate, seq goes on.',
    hint: 'Check the whole command before you touch the state.',
  },
  'STL-ERR-007': {
    level: 'L2',
    title: 'Garbage does not spread',
    must: 'After any bytes and a LF, the next command MUST be carried out as if nothing had been.',
    hint: 'Reset the receiver completely at each LF: buffer, length, overflow mark and tag.',
  },
};
