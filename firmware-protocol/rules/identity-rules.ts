/** Rules of booting and of telling who one is. */
import { BOOT_MS_MAX } from '../limits.ts';
import type { Rule } from './rule.ts';

/** Rules of booting and identity. */
export type IdentityRuleId =
  | 'STL-BOOT-001'
  | 'STL-BOOT-002'
  | 'STL-BOOT-003'
  | 'STL-BOOT-004'
  | 'STL-BOOT-005'
  | 'STL-IDENT-001'
  | 'STL-IDENT-002'
  | 'STL-IDENT-003'
  | 'STL-IDENT-004';

/** Booting and identity. */
export const IDENTITY_RULES: Readonly<Record<IdentityRuleId, Rule>> = {
  'STL-BOOT-001': {
    level: 'L1',
    title: 'A boot is announced',
    must: `After every start the first framed line MUST be \`!BOOT,<boot>,<why>\`, within ${BOOT_MS_MAX} ms.`,
    hint: 'Send it at the end of the initialisation, before the receiver is switched on.',
    legal: 'Free text may come first, and a boot loader may make it late.',
  },
  'STL-BOOT-002': {
    level: 'L1',
    title: 'Every boot has an id of its own',
    must: 'The boot id MUST differ from that of the boot before.',
    hint: 'Take it from a counter in non-volatile memory mixed with noise. A random generator with a constant seed gives the same id each time.',
  },
  'STL-BOOT-003': {
    level: 'L1',
    title: 'Readings carry the current boot id',
    must: 'Every reading and heartbeat MUST carry the boot id of the last `!BOOT`.',
    hint: 'A buffer that survived the restart still holds lines of the last boot: empty it.',
  },
  'STL-BOOT-004': {
    level: 'L1',
    title: 'Counters begin at the boot',
    must: 'The first reading of a boot MUST have seq 0, and ticks MUST count from the boot.',
    hint: 'Reset both counters in the initialisation, and nowhere else.',
    legal: 'After `REBOOT` they begin with the values of the command.',
  },
  'STL-BOOT-005': {
    level: 'L2',
    title: 'A restart ends streaming',
    must: 'After a restart the device MUST NOT send readings before the next START.',
    hint: 'Do not keep the rate in memory that survives a restart.',
  },
  'STL-IDENT-001': {
    level: 'L2',
    title: 'ID? tells who it is',
    must: '`ID?` MUST be answered with `=ID,<tag>,1,STEDI,<model>,<serial>,<firmware>,<boot>`.',
    hint: 'All eight fields count: the 1 is the version of the protocol.',
  },
  'STL-IDENT-002': {
    level: 'L2',
    title: 'The serial number stays',
    must: 'The serial number MUST be a lower-case UUID and the same in every answer and after every restart.',
    hint: 'Keep it in non-volatile memory; do not draw it anew at the start.',
  },
  'STL-IDENT-003': {
    level: 'L2',
    title: 'ID? introduces the boot id',
    must: 'The boot id in `=ID` MUST be that of the last `!BOOT`.',
    hint: 'A host quarantines readings whose boot id no `=ID` introduced.',
  },
  'STL-IDENT-004': {
    level: 'L2',
    title: 'CAPS? tells what it can do',
    must: '`CAPS?` MUST be answered with `=CAPS,<tag>,R<max rate>,<options>`, the rate 1 to 1000 Hz.',
    hint: 'Options are joined with `+`; without any the field is empty, but its comma stays.',
  },
};
