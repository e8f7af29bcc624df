import { readVectors } from '../rule-vector.ts';
import type { RuleVectors } from '../rule-vector.ts';
import type { StreamingRuleId } from '../streaming-rules.ts';

/** Conversations about streaming, its rate apart. */
export const STREAMING_VECTORS: Pick<
  Readonly<Record<StreamingRuleId, RuleVectors>>,
  | 'STL-STREAM-001'
  | 'STL-STREAM-003'
  | 'STL-STREAM-004'
  | 'STL-STREAM-006'
  | 'STL-STREAM-007'
  | 'STL-STREAM-008'
> = {
  'STL-STREAM-001': readVectors(`
    right: readings after START only
         0 < !BOOT,7F3A,PWR*ABB7
      4000 < !HB,7F3A,4000*B213
      4100 > @1 START 2*02D9
      4106 < =OK,1,START,2*1315
      4606 < $R,7F3A,0,4600,181,0*0732
      4700 end
    wrong: readings after the boot (also STL-BOOT-005)
         0 < !BOOT,7F3A,PWR*ABB7
       506 < $R,7F3A,0,500,181,0*D1F2
      1006 < $R,7F3A,1,1000,181,0*9CBF
      1100 end
    wrong: readings after ID? (also STL-BOOT-005)
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 ID?*7079
       112 < =ID,1,1,STEDI,ST-1,0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0,1.4.2,7F3A*DD04
       612 < $R,7F3A,0,606,181,0*5D93
      1112 < $R,7F3A,1,1106,181,0*D6B9
      1200 end
  `),
  'STL-STREAM-003': readVectors(`
    right: nothing follows
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 5*723E
       106 < =OK,1,START,5*63F2
       306 < $R,7F3A,0,300,181,0*8B7A
       506 < $R,7F3A,1,500,181,0*09BB
       706 < $R,7F3A,2,700,181,0*B726
       906 < $R,7F3A,3,900,181,0*1C18
       950 > @2 STOP*ABB4
       956 < =OK,2,STOP,4*9AD3
      4950 < !HB,7F3A,4950*D377
      5000 end
    wrong: a reading from the queue (also STL-STREAM-004)
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 5*723E
       106 < =OK,1,START,5*63F2
       306 < $R,7F3A,0,300,181,0*8B7A
       506 < $R,7F3A,1,500,181,0*09BB
       706 < $R,7F3A,2,700,181,0*B726
       906 < $R,7F3A,3,900,181,0*1C18
       950 > @2 STOP*ABB4
       956 < =OK,2,STOP,4*9AD3
       962 < $R,7F3A,4,950,181,0*7D1B
      2000 end
    wrong: it goes on
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 5*723E
       106 < =OK,1,START,5*63F2
       306 < $R,7F3A,0,300,181,0*8B7A
       506 < $R,7F3A,1,500,181,0*09BB
       706 < $R,7F3A,2,700,181,0*B726
       906 < $R,7F3A,3,900,181,0*1C18
       950 > @2 STOP*ABB4
       956 < =OK,2,STOP,4*9AD3
      1106 < $R,7F3A,4,1100,181,0*793D
      1306 < $R,7F3A,5,1300,181,0*BC2F
      1506 < $R,7F3A,6,1500,181,0*E338
      1706 < $R,7F3A,7,1700,181,0*262A
      1906 < $R,7F3A,8,1900,181,0*46BE
      2000 end
  `),
  'STL-STREAM-004': readVectors(`
    right: the number of the next reading
         0 < !BOOT,7F3A,PWR*ABB7
        50 > @9 STOP*6816
        56 < =OK,9,STOP,0*0CF8
       100 > @1 START 5*723E
       106 < =OK,1,START,5*63F2
       306 < $R,7F3A,0,300,181,0*8B7A
       506 < $R,7F3A,1,500,181,0*09BB
       706 < $R,7F3A,2,700,181,0*B726
       906 < $R,7F3A,3,900,181,0*1C18
       950 > @2 STOP*ABB4
       956 < =OK,2,STOP,4*9AD3
      1100 > @3 START 5*B459
      1106 < =OK,3,START,5*A595
      1306 < $R,7F3A,4,1300,181,0*BF5A
      1506 < $R,7F3A,5,1500,181,0*E6A7
      1706 < $R,7F3A,6,1700,181,0*255F
      1750 > @4 STOP*2655
      1756 < =OK,4,STOP,7*2A7B
      2000 end
    wrong: the number of the last
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 5*723E
       106 < =OK,1,START,5*63F2
       306 < $R,7F3A,0,300,181,0*8B7A
       506 < $R,7F3A,1,500,181,0*09BB
       706 < $R,7F3A,2,700,181,0*B726
       906 < $R,7F3A,3,900,181,0*1C18
       950 > @2 STOP*ABB4
       956 < =OK,2,STOP,3*EA34
      1100 > @3 START 5*B459
      1106 < =OK,3,START,5*A595
      1306 < $R,7F3A,4,1300,181,0*BF5A
      1506 < $R,7F3A,5,1500,181,0*E6A7
      1706 < $R,7F3A,6,1700,181,0*255F
      1750 > @4 STOP*2655
      1756 < =OK,4,STOP,6*3A5A
      2000 end
    wrong: always 0
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 5*723E
       106 < =OK,1,START,5*63F2
       306 < $R,7F3A,0,300,181,0*8B7A
       506 < $R,7F3A,1,500,181,0*09BB
       706 < $R,7F3A,2,700,181,0*B726
       906 < $R,7F3A,3,900,181,0*1C18
       950 > @2 STOP*ABB4
       956 < =OK,2,STOP,0*DA57
      1100 > @3 START 5*B459
      1106 < =OK,3,START,5*A595
      1306 < $R,7F3A,4,1300,181,0*BF5A
      1506 < $R,7F3A,5,1500,181,0*E6A7
      1706 < $R,7F3A,6,1700,181,0*255F
      1800 end
  `),
  'STL-STREAM-006': readVectors(`
    right: answers between readings
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 5*723E
       106 < =OK,1,START,5*63F2
       306 < $R,7F3A,0,300,181,0*8B7A
       506 < $R,7F3A,1,500,181,0*09BB
       706 < $R,7F3A,2,700,181,0*B726
       750 > @2 PING*60BD
       756 < =OK,2,PING,*ED9B
       906 < $R,7F3A,3,900,181,0*1C18
      1106 < $R,7F3A,4,1100,181,0*793D
      1306 < $R,7F3A,5,1300,181,0*BC2F
      1350 > @3 ID?*34FA
      1362 < =ID,3,1,STEDI,ST-1,0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0,1.4.2,7F3A*2ABC
      1506 < $R,7F3A,6,1500,181,0*E338
      1706 < $R,7F3A,7,1700,181,0*262A
      1750 > @4 STOP*2655
      1756 < =OK,4,STOP,8*DB94
      2000 end
    wrong: the answer comes late (also STL-CMD-003)
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 5*723E
       106 < =OK,1,START,5*63F2
       306 < $R,7F3A,0,300,181,0*8B7A
       506 < $R,7F3A,1,500,181,0*09BB
       706 < $R,7F3A,2,700,181,0*B726
       750 > @2 PING*60BD
       906 < $R,7F3A,3,900,181,0*1C18
      1106 < $R,7F3A,4,1100,181,0*793D
      1306 < $R,7F3A,5,1300,181,0*BC2F
      1506 < $R,7F3A,6,1500,181,0*E338
      1550 < =OK,2,PING,*ED9B
      1706 < $R,7F3A,7,1700,181,0*262A
      1750 > @4 STOP*2655
      1756 < =OK,4,STOP,8*DB94
      2000 end
    wrong: the command is lost (also STL-CMD-001)
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 5*723E
       106 < =OK,1,START,5*63F2
       306 < $R,7F3A,0,300,181,0*8B7A
       506 < $R,7F3A,1,500,181,0*09BB
       706 < $R,7F3A,2,700,181,0*B726
       750 > @2 PING*60BD
       906 < $R,7F3A,3,900,181,0*1C18
      1106 < $R,7F3A,4,1100,181,0*793D
      1306 < $R,7F3A,5,1300,181,0*BC2F
      1506 < $R,7F3A,6,1500,181,0*E338
      1706 < $R,7F3A,7,1700,181,0*262A
      1906 < $R,7F3A,8,1900,181,0*46BE
      1950 > @4 STOP*2655
      1956 < =OK,4,STOP,9*CBB5
      2500 end
  `),
  'STL-STREAM-007': readVectors(`
    right: a heartbeat every four seconds, or another line
          0 < !BOOT,7F3A,PWR*ABB7
       4000 < !HB,7F3A,4000*B213
       8000 < !HB,7F3A,8000*FD21
      11000 > @1 PING*AE5D
      11006 < =OK,1,PING,*3519
      15006 < !HB,7F3A,15006*5D1E
      18000 end
    wrong: silence
         0 < !BOOT,7F3A,PWR*ABB7
      7000 end
    wrong: one after 8 s
         0 < !BOOT,7F3A,PWR*ABB7
      8000 < !HB,7F3A,8000*FD21
      9000 end
  `),
  'STL-STREAM-008': readVectors(`
    right: each flag that has a meaning
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 2*02D9
       106 < =OK,1,START,2*1315
       606 < $R,7F3A,0,600,181,0*FCB6
      1106 < $R,7F3A,1,1100,181,1*67BD
      1606 < $R,7F3A,2,1600,181,2*E3EA
      2106 < $R,7F3A,5,2100,181,7*BB60
      2200 end
    wrong: bit 3
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 START 2*02D9
      106 < =OK,1,START,2*1315
      606 < $R,7F3A,0,600,181,8*7DBE
      700 end
    wrong: all bits
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 2*02D9
       106 < =OK,1,START,2*1315
       606 < $R,7F3A,0,600,181,0*FCB6
      1106 < $R,7F3A,3,1100,181,255*D7CF
      1200 end
  `),
};
