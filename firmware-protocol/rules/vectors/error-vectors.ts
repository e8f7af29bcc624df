import { readVectors } from '../rule-vector.ts';
import type { RuleVectors } from '../rule-vector.ts';
import type { CommandRuleId } from '../command-rules.ts';

/** Conversations about what is refused. */
export const ERROR_VECTORS: Pick<
  Readonly<Record<CommandRuleId, RuleVectors>>,
  'STL-ERR-001' | 'STL-ERR-002' | 'STL-ERR-003' | 'STL-ERR-004' | 'STL-ERR-005'
> = {
  'STL-ERR-001': readVectors(`
    right: a wrong CRC, one in lower case, one of three digits
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! @4 PING*0000
      106 < =ERR,,1*34E4
      200 >! @4 PING*ed5c
      206 < =ERR,,1*34E4
      300 >! @4 PING*ED5
      306 < =ERR,,1*34E4
      400 >! PING*
      406 < =ERR,,1*34E4
      700 end
    wrong: it is carried out (also STL-CMD-004)
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! @4 PING*0000
      106 < =OK,4,PING,*4CBE
      500 end
    wrong: lower case is carried out (also STL-CMD-004)
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! @4 PING*ed5c
      106 < =OK,4,PING,*4CBE
      500 end
    wrong: the tag is repeated (also STL-CMD-004)
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! @4 PING*0000
      106 < =ERR,4,1*2B48
      500 end
    wrong: another error
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! @4 PING*0000
      106 < =ERR,,3*14A6
      500 end
  `),
  'STL-ERR-002': readVectors(`
    right: a line of 83 bytes
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! PING xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
      106 < =ERR,,2*0487
      200 > @1 PING*AE5D
      206 < =OK,1,PING,*3519
      500 end
    right: a line of 200 bytes
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy
      106 < =ERR,,2*0487
      200 > @1 PING*AE5D
      206 < =OK,1,PING,*3519
      500 end
    wrong: twice (also STL-CMD-002)
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy
      106 < =ERR,,2*0487
      108 < =ERR,,2*0487
      500 end
    wrong: the rest of the line is a command (also STL-CMD-002)
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyPING
      106 < =ERR,,2*0487
      112 < =OK,,PING,*DEDD
      500 end
    wrong: it is cut and tried
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! PING xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
      106 < =ERR,,4*6441
      500 end
  `),
  'STL-ERR-003': readVectors(`
    right: a NUL, a tab, a byte of eight bits, DEL
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! PI␀NG
      106 < =ERR,,2*0487
      200 >! START␉5
      206 < =ERR,,2*0487
      300 >! @1 PING\xff
      306 < =ERR,,2*0487
      400 >! PING␡
      406 < =ERR,,2*0487
      700 end
    wrong: the byte is skipped
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! PI␀NG
      106 < =OK,,PING,*DEDD
      500 end
    wrong: the eighth bit is cut off
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! \xd0ING
      106 < =OK,,PING,*DEDD
      500 end
    wrong: another error
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! PI␀NG
      106 < =ERR,,3*14A6
      500 end
  `),
  'STL-ERR-004': readVectors(`
    right: with its tag and without
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! @9 JUMP
      106 < =ERR,9,3*495B
      200 >! JUMP 5
      206 < =ERR,,3*14A6
      300 >! @9\x20
      306 < =ERR,9,3*495B
      600 end
    wrong: another error
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! @9 JUMP
      106 < =ERR,9,4*39BC
      500 end
    wrong: it is taken for another verb
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! @9 PONG
      106 < =OK,9,PING,*A6B4
      500 end
  `),
  'STL-ERR-005': readVectors(`
    right: no, wrong and surplus arguments
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! @9 START
      106 < =ERR,9,4*39BC
      200 >! @9 START 0
      206 < =ERR,9,4*39BC
      300 >! @9 START 5 5
      306 < =ERR,9,4*39BC
      400 >! @9 START 05
      406 < =ERR,9,4*39BC
      500 >! @9 PING 1
      506 < =ERR,9,4*39BC
      600 >! SYNC soon
      606 < =ERR,,4*6441
      900 end
    right: more than the device can
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 CAPS?*3606
      108 < =CAPS,1,R200,SYNC+REBOOT*9838
      200 > @2 START 201*672B
      206 < =ERR,2,4*C94D
      500 end
    right: an impossible tag
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! @ PING
      106 < =ERR,,4*6441
      200 >! @toolong PING
      206 < =ERR,,4*6441
      300 >! @a-b PING
      306 < =ERR,,4*6441
      600 end
    wrong: a surplus argument is overlooked
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! @9 PING 1
      106 < =OK,9,PING,*A6B4
      500 end
    wrong: the sign is overlooked
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! @9 START +1
      106 < =OK,9,START,1*0A89
      200 > @1 STOP*6554
      206 < =OK,1,STOP,0*1222
      500 end
    wrong: more than it can
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 CAPS?*3606
      108 < =CAPS,1,R200,SYNC+REBOOT*9838
      200 > @2 START 201*672B
      206 < =OK,2,START,201*4FA9
      207 > @3 STOP*EE14
      213 < =OK,3,STOP,0*9D84
      500 end
    wrong: an impossible tag is cut
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! @toolong PING
      106 < =OK,tool,PING,*F85E
      500 end
    wrong: another error
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! @9 START 0
      106 < =ERR,9,3*495B
      500 end
  `),
};
