import { readVectors } from '../rule-vector.ts';
import type { RuleVectors } from '../rule-vector.ts';
import type { CommandRuleId } from '../command-rules.ts';

/** Conversations about commands and responses. */
export const COMMAND_VECTORS: Pick<
  Readonly<Record<CommandRuleId, RuleVectors>>,
  | 'STL-CMD-001'
  | 'STL-CMD-002'
  | 'STL-CMD-003'
  | 'STL-CMD-004'
  | 'STL-CMD-005'
  | 'STL-CMD-006'
  | 'STL-CMD-007'
  | 'STL-CMD-008'
  | 'STL-CMD-009'
> = {
  'STL-CMD-001': readVectors(`
    right: every one
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 PING*AE5D
      106 < =OK,1,PING,*3519
      200 >! @2 JUMP
      206 < =ERR,2,3*B9AA
      300 > STOP
      306 < =OK,,STOP,0*9A67
      600 end
    wrong: none
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 PING*AE5D
      2000 end
    wrong: the first of two that came at once
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 PING*AE5D
       101 > @2 PING*60BD
       106 < =OK,2,PING,*ED9B
      2000 end
  `),
  'STL-CMD-002': readVectors(`
    right: one
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 PING*AE5D
      106 < =OK,1,PING,*3519
      110 < #pong
      600 end
    wrong: the same twice
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 PING*AE5D
      106 < =OK,1,PING,*3519
      112 < =OK,1,PING,*3519
      600 end
    wrong: a receipt first (also STL-CMD-005)
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 START 1*32BA
      106 < =OK,1,PING,*3519
      112 < =OK,1,START,1*2376
      300 > @2 STOP*ABB4
      306 < =OK,2,STOP,0*DA57
      600 end
  `),
  'STL-CMD-003': readVectors(`
    right: after 240 ms
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 PING*AE5D
      340 < =OK,1,PING,*3519
      600 end
    wrong: after 700 ms
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 PING*AE5D
       800 < =OK,1,PING,*3519
      1500 end
  `),
  'STL-CMD-004': readVectors(`
    right: the tag of the command, none without one
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @aZ09 PING*0C8D
      106 < =OK,aZ09,PING,*ACE0
      200 > PING
      206 < =OK,,PING,*DEDD
      300 >! @7 JUMP
      306 < =ERR,7,3*525A
      400 >! JUMP
      406 < =ERR,,3*14A6
      700 end
    wrong: no tag (also STL-CMD-001)
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 PING*AE5D
       106 < =OK,,PING,*DEDD
      2000 end
    wrong: a tag that was not there (also STL-CMD-001 STL-CMD-002)
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 PING*AE5D
       106 < =OK,1,PING,*3519
       200 > PING
       206 < =OK,1,PING,*3519
      2000 end
    wrong: the tag in other letters (also STL-CMD-001)
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @ab PING*F09E
       106 < =OK,AB,PING,*51B3
      2000 end
  `),
  'STL-CMD-005': readVectors(`
    right: verb and value
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 START 1*32BA
      106 < =OK,1,START,1*2376
      300 > @2 STOP*ABB4
      306 < =OK,2,STOP,0*DA57
      400 > @3 PING*251D
      406 < =OK,3,PING,*55FA
      700 end
    wrong: another rate
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 START 2*02D9
      106 < =OK,1,START,1*2376
      200 > @2 STOP*ABB4
      206 < =OK,2,STOP,0*DA57
      500 end
    wrong: another verb
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 PING*AE5D
      106 < =OK,1,STOP,0*1222
      500 end
  `),
  'STL-CMD-006': readVectors(`
    right: typed, with CR LF and with LF
        0 < !BOOT,7F3A,PWR*ABB7
      100 > PING
      106 < =OK,,PING,*DEDD
      200 > PING␊
      206 < =OK,,PING,*DEDD
      300 > @1 ID?
      312 < =ID,1,1,STEDI,ST-1,0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0,1.4.2,7F3A*DD04
      700 end
    wrong: refused for want of a CRC (also STL-CMD-005)
        0 < !BOOT,7F3A,PWR*ABB7
      100 > PING
      106 < =ERR,,1*34E4
      500 end
    wrong: ignored for want of a CRC (also STL-CMD-001)
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 PING*AE5D
       106 < =OK,1,PING,*3519
       200 > PING
      2000 end
  `),
  'STL-CMD-007': readVectors(`
    right: no answer
        0 < !BOOT,7F3A,PWR*ABB7
      100 >!
      200 >! ␊
      300 > @1 PING*AE5D
      306 < =OK,1,PING,*3519
      700 end
    wrong: an error (also STL-CMD-002)
        0 < !BOOT,7F3A,PWR*ABB7
      100 >!
      106 < =ERR,,3*14A6
      700 end
    wrong: a prompt as response (also STL-CMD-002)
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! ␊
      106 < =OK,,PING,*DEDD
      700 end
  `),
  'STL-CMD-008': readVectors(`
    right: the same answer, the same state
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 1*32BA
       106 < =OK,1,START,1*2376
       300 > @1 START 1*32BA
       306 < =OK,1,START,1*2376
       500 > @2 START 1*1FFE
       506 < =OK,2,START,1*0E32
       700 > @3 STOP*EE14
       706 < =OK,3,STOP,0*9D84
       800 > @3 STOP*EE14
       806 < =OK,3,STOP,0*9D84
       900 > @4 STOP*2655
       906 < =OK,4,STOP,0*5A9C
      1200 end
    right: readings go on in their pace
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 2*02D9
       106 < =OK,1,START,2*1315
       606 < $R,7F3A,0,600,181,0*FCB6
       700 > @1 START 2*02D9
       706 < =OK,1,START,2*1315
      1106 < $R,7F3A,1,1100,181,0*779C
      1606 < $R,7F3A,2,1600,181,0*C3A8
      1700 > @2 STOP*ABB4
      1706 < =OK,2,STOP,3*EA34
      2000 end
    wrong: START while it streams is an error (also STL-CMD-005)
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 START 1*32BA
      106 < =OK,1,START,1*2376
      300 > @1 START 1*32BA
      306 < =ERR,1,5*803C
      500 > @2 STOP*ABB4
      506 < =OK,2,STOP,0*DA57
      800 end
    wrong: STOP twice is an error (also STL-CMD-005)
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 START 1*32BA
      106 < =OK,1,START,1*2376
      300 > @2 STOP*ABB4
      306 < =OK,2,STOP,0*DA57
      400 > @2 STOP*ABB4
      406 < =ERR,2,5*D96C
      800 end
    wrong: a repeated command is taken for old and ignored (also STL-CMD-001)
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 PING*AE5D
       106 < =OK,1,PING,*3519
       400 > @1 PING*AE5D
      2000 end
  `),
  'STL-CMD-009': readVectors(`
    right: unknown in another case
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! ping
      106 < =ERR,,3*14A6
      200 >! @1 Start 5
      206 < =ERR,1,3*E0FA
      300 >! STOPP
      306 < =ERR,,3*14A6
      400 >! PIN
      406 < =ERR,,3*14A6
      700 end
    wrong: lower case is carried out
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! @1 ping
      106 < =OK,1,PING,*3519
      500 end
    wrong: a longer word is carried out (also STL-ERR-004)
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! @1 PINGS
      106 < =OK,1,PING,*3519
      500 end
  `),
};
