import { readVectors } from '../rule-vector.ts';
import type { RuleVectors } from '../rule-vector.ts';
import type { StreamingRuleId } from '../streaming-rules.ts';

/** Conversations about the numbers of readings. */
export const SEQ_VECTORS: Pick<
  Readonly<Record<StreamingRuleId, RuleVectors>>,
  'STL-SEQ-001' | 'STL-SEQ-002' | 'STL-SEQ-003' | 'STL-SEQ-004'
> = {
  'STL-SEQ-001': readVectors(`
    right: one by one
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 5*723E
       106 < =OK,1,START,5*63F2
       306 < $R,7F3A,0,300,181,0*8B7A
       506 < $R,7F3A,1,500,181,0*09BB
       706 < $R,7F3A,2,700,181,0*B726
       906 < $R,7F3A,3,900,181,0*1C18
      1106 < $R,7F3A,4,1100,181,0*793D
      1306 < $R,7F3A,5,1300,181,0*BC2F
      1350 > @2 STOP*ABB4
      1356 < =OK,2,STOP,6*BA91
      1700 end
    right: after dropped readings
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 5*723E
       106 < =OK,1,START,5*63F2
       306 < $R,7F3A,0,300,181,0*8B7A
       506 < $R,7F3A,1,500,181,0*09BB
       706 < $R,7F3A,2,700,181,0*B726
      1306 < $R,7F3A,5,1300,181,4*FCAB
      1506 < $R,7F3A,6,1500,181,0*E338
      1706 < $R,7F3A,7,1700,181,0*262A
      1906 < $R,7F3A,8,1900,181,0*46BE
      2000 end
    wrong: every second number (also STL-SEQ-004 STL-STREAM-002)
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 5*723E
       106 < =OK,1,START,5*63F2
       306 < $R,7F3A,0,300,181,0*8B7A
       506 < $R,7F3A,2,500,181,0*7141
       706 < $R,7F3A,4,700,181,0*46D2
       906 < $R,7F3A,6,900,181,0*9516
      1106 < $R,7F3A,8,1100,181,0*6F41
      1306 < $R,7F3A,10,1300,181,0*FB06
      1400 end
    wrong: a number twice
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 5*723E
       106 < =OK,1,START,5*63F2
       306 < $R,7F3A,0,300,181,0*8B7A
       506 < $R,7F3A,1,500,181,0*09BB
       706 < $R,7F3A,2,700,181,0*B726
       906 < $R,7F3A,2,900,181,0*C451
      1106 < $R,7F3A,3,1100,181,0*7176
      1306 < $R,7F3A,4,1300,181,0*BF5A
      1400 end
    wrong: two readings change places (also STL-SEQ-003 STL-SEQ-004)
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 5*723E
       106 < =OK,1,START,5*63F2
       306 < $R,7F3A,0,300,181,0*8B7A
       506 < $R,7F3A,2,500,181,0*7141
       706 < $R,7F3A,1,700,181,0*CFDC
       906 < $R,7F3A,3,900,181,0*1C18
      1000 end
  `),
  'STL-SEQ-002': readVectors(`
    right: 65535, then 0
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 REBOOT 65533 0*95FC
       106 < =OK,1,REBOOT,*F93E
       200 < !BOOT,91C4,TEST*FBAC
       300 > @2 START 5*5F7A
       306 < =OK,2,START,5*4EB6
       506 < $R,91C4,65533,300,181,0*14D1
       706 < $R,91C4,65534,500,181,0*67E4
       906 < $R,91C4,65535,700,181,0*79CA
      1106 < $R,91C4,0,900,181,0*6599
      1306 < $R,91C4,1,1100,181,0*1CBD
      1506 < $R,91C4,2,1300,181,0*DF45
      1550 > @3 STOP*EE14
      1556 < =OK,3,STOP,3*ADE7
      1800 end
    wrong: 65535, then 1 (also STL-SEQ-001)
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 REBOOT 65533 0*95FC
       106 < =OK,1,REBOOT,*F93E
       200 < !BOOT,91C4,TEST*FBAC
       300 > @2 START 5*5F7A
       306 < =OK,2,START,5*4EB6
       506 < $R,91C4,65533,300,181,0*14D1
       706 < $R,91C4,65534,500,181,0*67E4
       906 < $R,91C4,65535,700,181,0*79CA
      1106 < $R,91C4,1,900,181,0*BDD0
      1306 < $R,91C4,2,1100,181,0*1922
      1506 < $R,91C4,3,1300,181,0*DC30
      1600 end
    wrong: 65535, then 65536 (also STL-FRAME-007 STL-SEQ-001)
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 REBOOT 65533 0*95FC
       106 < =OK,1,REBOOT,*F93E
       200 < !BOOT,91C4,TEST*FBAC
       300 > @2 START 5*5F7A
       306 < =OK,2,START,5*4EB6
       506 < $R,91C4,65533,300,181,0*14D1
       706 < $R,91C4,65534,500,181,0*67E4
       906 < $R,91C4,65535,700,181,0*79CA
      1106 <? $R,91C4,65536,900,181,0*7247
      1300 end
    wrong: 65535 again and again (also STL-SEQ-001)
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 REBOOT 65533 0*95FC
       106 < =OK,1,REBOOT,*F93E
       200 < !BOOT,91C4,TEST*FBAC
       300 > @2 START 5*5F7A
       306 < =OK,2,START,5*4EB6
       506 < $R,91C4,65533,300,181,0*14D1
       706 < $R,91C4,65534,500,181,0*67E4
       906 < $R,91C4,65535,700,181,0*79CA
      1106 < $R,91C4,65535,900,181,0*0ABD
      1306 < $R,91C4,65535,1100,181,0*A681
      1506 < $R,91C4,65535,1300,181,0*60E6
      1600 end
  `),
  'STL-SEQ-003': readVectors(`
    right: it goes on through STOP and START
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 5*723E
       106 < =OK,1,START,5*63F2
       306 < $R,7F3A,0,300,181,0*8B7A
       506 < $R,7F3A,1,500,181,0*09BB
       706 < $R,7F3A,2,700,181,0*B726
       906 < $R,7F3A,3,900,181,0*1C18
       950 > @2 STOP*ABB4
       956 < =OK,2,STOP,4*9AD3
      1050 > @3 START 5*B459
      1056 < =OK,3,START,5*A595
      1256 < $R,7F3A,4,1250,181,0*1CC7
      1456 < $R,7F3A,5,1450,181,0*453A
      1656 < $R,7F3A,6,1650,181,0*86C2
      1856 < $R,7F3A,7,1850,181,0*F6C0
      1900 > @4 START 10*5832
      1906 < =OK,4,START,10*9622
      2006 < $R,7F3A,8,2000,181,0*35AD
      2106 < $R,7F3A,9,2100,181,0*DDFB
      2206 < $R,7F3A,10,2200,181,0*A1EA
      2306 < $R,7F3A,11,2300,181,0*49BC
      2400 end
    wrong: START begins again (also STL-SEQ-001 STL-STREAM-004)
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 5*723E
       106 < =OK,1,START,5*63F2
       306 < $R,7F3A,0,300,181,0*8B7A
       506 < $R,7F3A,1,500,181,0*09BB
       706 < $R,7F3A,2,700,181,0*B726
       906 < $R,7F3A,3,900,181,0*1C18
       950 > @2 STOP*ABB4
       956 < =OK,2,STOP,4*9AD3
      1050 > @3 START 5*B459
      1056 < =OK,3,START,5*A595
      1256 < $R,7F3A,0,1250,181,0*1113
      1456 < $R,7F3A,1,1450,181,0*48EE
      1656 < $R,7F3A,2,1650,181,0*8B16
      1856 < $R,7F3A,3,1850,181,0*FB14
      2000 end
    wrong: STOP begins again (also STL-SEQ-001 STL-STREAM-004)
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 5*723E
       106 < =OK,1,START,5*63F2
       306 < $R,7F3A,0,300,181,0*8B7A
       506 < $R,7F3A,1,500,181,0*09BB
       706 < $R,7F3A,2,700,181,0*B726
       906 < $R,7F3A,3,900,181,0*1C18
       950 > @2 STOP*ABB4
       956 < =OK,2,STOP,0*DA57
      1050 > @3 START 5*B459
      1056 < =OK,3,START,5*A595
      1256 < $R,7F3A,0,1250,181,0*1113
      1456 < $R,7F3A,1,1450,181,0*48EE
      1656 < $R,7F3A,2,1650,181,0*8B16
      1856 < $R,7F3A,3,1850,181,0*FB14
      2000 end
  `),
  'STL-SEQ-004': readVectors(`
    right: on the first after the gap
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 5*723E
       106 < =OK,1,START,5*63F2
       306 < $R,7F3A,0,300,181,0*8B7A
       506 < $R,7F3A,1,500,181,0*09BB
       706 < $R,7F3A,2,700,181,0*B726
      1306 < $R,7F3A,5,1300,181,4*FCAB
      1506 < $R,7F3A,6,1500,181,0*E338
      1706 < $R,7F3A,7,1700,181,0*262A
      1906 < $R,7F3A,8,1900,181,0*46BE
      2000 end
    wrong: on a reading without a gap before it
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 5*723E
       106 < =OK,1,START,5*63F2
       306 < $R,7F3A,0,300,181,0*8B7A
       506 < $R,7F3A,1,500,181,0*09BB
       706 < $R,7F3A,2,700,181,0*B726
       906 < $R,7F3A,3,900,181,4*5C9C
      1106 < $R,7F3A,4,1100,181,0*793D
      1306 < $R,7F3A,5,1300,181,0*BC2F
      1506 < $R,7F3A,6,1500,181,0*E338
      1700 end
    wrong: on all readings after the gap
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 5*723E
       106 < =OK,1,START,5*63F2
       306 < $R,7F3A,0,300,181,0*8B7A
       506 < $R,7F3A,1,500,181,0*09BB
       706 < $R,7F3A,2,700,181,0*B726
      1306 < $R,7F3A,5,1300,181,4*FCAB
      1506 < $R,7F3A,6,1500,181,4*A3BC
      1706 < $R,7F3A,7,1700,181,4*66AE
      1906 < $R,7F3A,8,1900,181,4*063A
      2000 end
    wrong: on the second after the gap (also STL-SEQ-001)
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 5*723E
       106 < =OK,1,START,5*63F2
       306 < $R,7F3A,0,300,181,0*8B7A
       506 < $R,7F3A,1,500,181,0*09BB
       706 < $R,7F3A,2,700,181,0*B726
      1306 < $R,7F3A,5,1300,181,0*BC2F
      1506 < $R,7F3A,6,1500,181,4*A3BC
      1706 < $R,7F3A,7,1700,181,0*262A
      1800 end
  `),
};
