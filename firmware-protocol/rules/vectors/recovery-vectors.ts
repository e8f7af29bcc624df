import { readVectors } from '../rule-vector.ts';
import type { RuleVectors } from '../rule-vector.ts';
import type { CommandRuleId } from '../command-rules.ts';

/** Conversations about what is left of an error. */
export const RECOVERY_VECTORS: Pick<
  Readonly<Record<CommandRuleId, RuleVectors>>,
  'STL-ERR-006' | 'STL-ERR-007'
> = {
  'STL-ERR-006': readVectors(`
    right: streaming goes on through errors
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 5*723E
       106 < =OK,1,START,5*63F2
       306 < $R,7F3A,0,300,181,0*8B7A
       506 < $R,7F3A,1,500,181,0*09BB
       706 < $R,7F3A,2,700,181,0*B726
       750 >! @2 START 0
       756 < =ERR,2,4*C94D
       906 < $R,7F3A,3,900,181,0*1C18
      1106 < $R,7F3A,4,1100,181,0*793D
      1306 < $R,7F3A,5,1300,181,0*BC2F
      1350 >! @3 STOP*0000
      1356 < =ERR,,1*34E4
      1506 < $R,7F3A,6,1500,181,0*E338
      1706 < $R,7F3A,7,1700,181,0*262A
      1906 < $R,7F3A,8,1900,181,0*46BE
      2106 < $R,7F3A,9,2100,181,0*DDFB
      2150 > @4 STOP*2655
      2156 < =OK,4,STOP,10*62DD
      2500 end
    wrong: a refused START ends streaming (also STL-STREAM-002)
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 5*723E
       106 < =OK,1,START,5*63F2
       306 < $R,7F3A,0,300,181,0*8B7A
       506 < $R,7F3A,1,500,181,0*09BB
       706 < $R,7F3A,2,700,181,0*B726
       750 >! @2 START 0
       756 < =ERR,2,4*C94D
      2750 end
    wrong: a refused STOP ends streaming (also STL-STREAM-002)
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 5*723E
       106 < =OK,1,START,5*63F2
       306 < $R,7F3A,0,300,181,0*8B7A
       506 < $R,7F3A,1,500,181,0*09BB
       706 < $R,7F3A,2,700,181,0*B726
       750 >! @2 STOP*0000
       756 < =ERR,,1*34E4
      2750 end
    wrong: seq starts again (also STL-SEQ-001 STL-SEQ-003)
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 5*723E
       106 < =OK,1,START,5*63F2
       306 < $R,7F3A,0,300,181,0*8B7A
       506 < $R,7F3A,1,500,181,0*09BB
       706 < $R,7F3A,2,700,181,0*B726
       750 >! @2 JUMP
       756 < =ERR,2,3*B9AA
       906 < $R,7F3A,0,900,181,0*64E2
      1106 < $R,7F3A,1,1100,181,0*779C
      1306 < $R,7F3A,2,1300,181,0*B464
      1506 < $R,7F3A,3,1500,181,0*ED99
      1706 < $R,7F3A,4,1700,181,0*23B5
      1906 < $R,7F3A,5,1900,181,0*53B7
      2000 > @3 STOP*EE14
      2006 < =OK,3,STOP,6*FD42
      2500 end
  `),
  'STL-ERR-007': readVectors(`
    right: any bytes, then a command
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! \xff␀\x80*@␍␛
      106 < =ERR,,2*0487
      200 > @1 PING*AE5D
      206 < =OK,1,PING,*3519
      300 >! @
      306 < =ERR,,4*6441
      400 > @2 PING*60BD
      406 < =OK,2,PING,*ED9B
      700 end
    wrong: the next command is refused (also STL-CMD-004 STL-CMD-005)
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! \xff␀\x80
      106 < =ERR,,2*0487
      200 > @1 PING*AE5D
      206 < =ERR,,2*0487
      700 end
    wrong: the next command is lost (also STL-CMD-001)
         0 < !BOOT,7F3A,PWR*ABB7
       100 >! \xff␀\x80
       106 < =ERR,,2*0487
       200 > @1 PING*AE5D
      2000 end
    wrong: a tag stays behind (also STL-CMD-001 STL-CMD-002 STL-CMD-004)
         0 < !BOOT,7F3A,PWR*ABB7
       100 >! @7 \xff
       106 < =ERR,,2*0487
       200 > PING
       206 < =OK,7,PING,*943C
      2000 end
  `),
};
