import { readVectors } from '../rule-vector.ts';
import type { RuleVectors } from '../rule-vector.ts';
import type { StreamingRuleId } from '../streaming-rules.ts';

/** Conversations about overload. */
export const OVERLOAD_VECTORS: Pick<
  Readonly<Record<StreamingRuleId, RuleVectors>>,
  'STL-OVER-001' | 'STL-OVER-002' | 'STL-OVER-003'
> = {
  'STL-OVER-001': readVectors(`
    right: a response between two readings
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 5*723E
       106 < =OK,1,START,5*63F2
       306 < $R,7F3A,0,300,181,0*8B7A
       506 < $R,7F3A,1,500,181,0*09BB
       706 < $R,7F3A,2,700,181,0*B726
       750 > @2 PING*60BD
       762 < =OK,2,PING,*ED9B
       906 < $R,7F3A,3,900,181,0*1C18
      1106 < $R,7F3A,4,1100,181,0*793D
      1306 < $R,7F3A,5,1300,181,0*BC2F
      1400 end
    wrong: a response in the middle of a reading (also STL-CMD-001 STL-SEQ-001 STL-SEQ-004 STL-STREAM-002)
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 5*723E
       106 < =OK,1,START,5*63F2
       306 < $R,7F3A,0,300,181,0*8B7A
       506 < $R,7F3A,1,500,181,0*09BB
       706 < $R,7F3A,2,700,181,0*B726
       890 > @2 PING*60BD
       906 <? $R,7F3A,3,9=OK,2,PING,*ED9B
      1106 < $R,7F3A,4,1100,181,0*793D
      1306 < $R,7F3A,5,1300,181,0*BC2F
      1506 < $R,7F3A,6,1500,181,0*E338
      1600 end
    wrong: the end of a line is missing (also STL-SEQ-001 STL-SEQ-004 STL-STREAM-002)
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 5*723E
       106 < =OK,1,START,5*63F2
       306 < $R,7F3A,0,300,181,0*8B7A
       506 < $R,7F3A,1,500,181,0*09BB
       706 < $R,7F3A,2,700,181,0*B726
       906 <? $R,7F3A,3,90$R,7F3A,4,1100,181,0*793D
      1306 < $R,7F3A,5,1300,181,0*BC2F
      1506 < $R,7F3A,6,1500,181,0*E338
      1706 < $R,7F3A,7,1700,181,0*262A
      1800 end
  `),
  'STL-OVER-002': readVectors(`
    right: 300 ms old
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 5*723E
       106 < =OK,1,START,5*63F2
       306 < $R,7F3A,0,300,181,0*8B7A
       506 < $R,7F3A,1,500,181,0*09BB
       706 < $R,7F3A,2,700,181,0*B726
      1206 < $R,7F3A,3,900,181,0*1C18
      1306 < $R,7F3A,4,1100,181,0*793D
      1316 < $R,7F3A,5,1300,181,0*BC2F
      1506 < $R,7F3A,6,1500,181,0*E338
      1706 < $R,7F3A,7,1700,181,0*262A
      1906 < $R,7F3A,8,1900,181,0*46BE
      2000 end
    wrong: two seconds old (also STL-STREAM-002)
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 5*723E
       106 < =OK,1,START,5*63F2
       306 < $R,7F3A,0,300,181,0*8B7A
       506 < $R,7F3A,1,500,181,0*09BB
       706 < $R,7F3A,2,700,181,0*B726
      2906 < $R,7F3A,3,900,181,0*1C18
      2916 < $R,7F3A,4,1100,181,0*793D
      2926 < $R,7F3A,5,1300,181,0*BC2F
      2936 < $R,7F3A,6,1500,181,0*E338
      2946 < $R,7F3A,7,1700,181,0*262A
      2956 < $R,7F3A,8,1900,181,0*46BE
      2966 < $R,7F3A,9,2100,181,0*DDFB
      2976 < $R,7F3A,10,2300,181,0*4AC9
      2986 < $R,7F3A,11,2500,181,0*1334
      2996 < $R,7F3A,12,2700,181,0*D0CC
      3100 end
  `),
  'STL-OVER-003': readVectors(`
    right: after dropped readings all is well
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 10*9A42
       106 < =OK,1,START,10*5452
       206 < $R,7F3A,0,200,181,0*6059
       306 < $R,7F3A,1,300,181,0*5333
       406 < $R,7F3A,2,400,181,0*9A62
       506 < $R,7F3A,3,500,181,0*A908
       606 < $R,7F3A,4,600,181,0*ADF1
      1206 < $R,7F3A,10,1200,181,4*50A1
      1806 < $R,7F3A,16,1800,181,4*B407
      1850 > @2 STOP*ABB4
      1856 < =OK,2,STOP,17*48B2
      2000 > @3 PING*251D
      2006 < =OK,3,PING,*55FA
      2100 > @4 ID?*532E
      2112 < =ID,4,1,STEDI,ST-1,0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0,1.4.2,7F3A*5989
      2500 end
    wrong: it has become deaf (also STL-CMD-001 STL-STREAM-002 STL-STREAM-006)
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 10*9A42
       106 < =OK,1,START,10*5452
       206 < $R,7F3A,0,200,181,0*6059
       306 < $R,7F3A,1,300,181,0*5333
       406 < $R,7F3A,2,400,181,0*9A62
       506 < $R,7F3A,3,500,181,0*A908
       606 < $R,7F3A,4,600,181,0*ADF1
      1206 < $R,7F3A,10,1200,181,4*50A1
      1806 < $R,7F3A,16,1800,181,4*B407
      1850 > @2 STOP*ABB4
      3150 > @3 PING*251D
      4500 end
    wrong: the watchdog starts it again
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 10*9A42
       106 < =OK,1,START,10*5452
       206 < $R,7F3A,0,200,181,0*6059
       306 < $R,7F3A,1,300,181,0*5333
       406 < $R,7F3A,2,400,181,0*9A62
       506 < $R,7F3A,3,500,181,0*A908
       606 < $R,7F3A,4,600,181,0*ADF1
      1206 < $R,7F3A,10,1200,181,4*50A1
      1806 < $R,7F3A,16,1800,181,4*B407
      2300 < !BOOT,91C4,WDT*60B8
      4500 end
  `),
};
