import { readVectors } from '../rule-vector.ts';
import type { RuleVectors } from '../rule-vector.ts';
import type { IdentityRuleId } from '../identity-rules.ts';

/** Conversations about booting. */
export const BOOT_VECTORS: Pick<
  Readonly<Record<IdentityRuleId, RuleVectors>>,
  'STL-BOOT-001' | 'STL-BOOT-002' | 'STL-BOOT-003' | 'STL-BOOT-004' | 'STL-BOOT-005'
> = {
  'STL-BOOT-001': readVectors(`
    right: at once
         0 < !BOOT,7F3A,PWR*ABB7
      1000 reset
      1040 < !BOOT,91C4,PWR*D3CE
      1100 end
    right: after free text, by a slow boot loader
         0 < !BOOT,7F3A,PWR*ABB7
      1000 reset
      1100 < #loader 2.1
      3400 < !BOOT,91C4,PWR*D3CE
      3500 end
    right: after REBOOT
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 REBOOT 0 0*4D3A
      106 < =OK,1,REBOOT,*F93E
      150 < !BOOT,91C4,TEST*FBAC
      500 end
    wrong: the boot event is missing
         0 < !BOOT,7F3A,PWR*ABB7
      1000 reset
      4500 end
    wrong: it comes after 4 s
         0 < !BOOT,7F3A,PWR*ABB7
      1000 reset
      5000 < !BOOT,91C4,PWR*D3CE
      5100 end
    wrong: a heartbeat comes first (also STL-BOOT-003)
         0 < !BOOT,7F3A,PWR*ABB7
      1000 reset
      1100 < !HB,91C4,60*0604
      1110 < !BOOT,91C4,PWR*D3CE
      1200 end
  `),
  'STL-BOOT-002': readVectors(`
    right: another id each time
         0 < !BOOT,7F3A,PWR*ABB7
      1000 reset
      1040 < !BOOT,91C4,PWR*D3CE
      2000 reset
      2040 < !BOOT,0A53,PWR*A10F
      2100 end
    right: after REBOOT, too
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 REBOOT 0 0*4D3A
      106 < =OK,1,REBOOT,*F93E
      150 < !BOOT,91C4,TEST*FBAC
      500 end
    wrong: the same id after a reset
         0 < !BOOT,7F3A,PWR*ABB7
      1000 reset
      1040 < !BOOT,7F3A,PWR*ABB7
      1100 end
    wrong: the same id after REBOOT
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 REBOOT 0 0*4D3A
      106 < =OK,1,REBOOT,*F93E
      150 < !BOOT,7F3A,TEST*7D33
      500 end
  `),
  'STL-BOOT-003': readVectors(`
    right: heartbeats and readings of two boots
         0 < !BOOT,7F3A,PWR*ABB7
      4000 < !HB,7F3A,4000*B213
      4100 > @1 START 1*32BA
      4106 < =OK,1,START,1*2376
      5106 < $R,7F3A,0,5100,181,0*D9DC
      5200 reset
      5240 < !BOOT,91C4,PWR*D3CE
      9240 < !HB,91C4,4000*348C
      9300 end
    wrong: a heartbeat of no boot
         0 < !BOOT,7F3A,PWR*ABB7
      4000 < !HB,0000,4000*EBC1
      4100 end
    wrong: a reading of the boot before (also STL-BOOT-004 STL-SEQ-001 STL-SEQ-003 STL-TICK-001 STL-OVER-002)
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 1*32BA
       106 < =OK,1,START,1*2376
      1106 < $R,7F3A,0,1100,181,0*74E9
      1200 reset
      1240 < !BOOT,91C4,PWR*D3CE
      1300 > @2 START 1*1FFE
      1306 < =OK,2,START,1*0E32
      2306 < $R,7F3A,0,1060,181,0*1F01
      2400 end
  `),
  'STL-BOOT-004': readVectors(`
    right: from 0
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 1*32BA
       106 < =OK,1,START,1*2376
      1106 < $R,7F3A,0,1100,181,0*74E9
      2106 < $R,7F3A,1,2100,181,0*C653
      2200 end
    right: from the values of REBOOT
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 REBOOT 700 5000*EA48
       106 < =OK,1,REBOOT,*F93E
       150 < !BOOT,91C4,TEST*FBAC
       200 > @2 START 1*1FFE
       206 < =OK,2,START,1*0E32
      1206 < $R,91C4,700,6050,181,0*7E7C
      1300 end
    right: from 0 again after a reset
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 1*32BA
       106 < =OK,1,START,1*2376
      1106 < $R,7F3A,0,1100,181,0*74E9
      1200 reset
      1240 < !BOOT,91C4,PWR*D3CE
      1300 > @2 START 1*1FFE
      1306 < =OK,2,START,1*0E32
      2306 < $R,91C4,0,1060,181,0*7420
      2400 end
    wrong: the first reading has seq 1
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 1*32BA
       106 < =OK,1,START,1*2376
      1106 < $R,7F3A,1,1100,181,0*779C
      2106 < $R,7F3A,2,2100,181,0*C3CC
      2200 end
    wrong: seq goes on after a reset
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 1*32BA
       106 < =OK,1,START,1*2376
      1106 < $R,7F3A,0,1100,181,0*74E9
      1200 reset
      1240 < !BOOT,91C4,PWR*D3CE
      1300 > @2 START 1*1FFE
      1306 < =OK,2,START,1*0E32
      2306 < $R,91C4,1,1060,181,0*7755
      2400 end
    wrong: ticks go on after a reset
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 1*32BA
       106 < =OK,1,START,1*2376
      1106 < $R,7F3A,0,1100,181,0*74E9
      1200 reset
      1240 < !BOOT,91C4,PWR*D3CE
      5240 < !HB,91C4,905240*FA31
      5300 end
    wrong: REBOOT is answered and its values forgotten
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 REBOOT 700 5000*EA48
       106 < =OK,1,REBOOT,*F93E
       150 < !BOOT,91C4,TEST*FBAC
       200 > @2 START 1*1FFE
       206 < =OK,2,START,1*0E32
      1206 < $R,91C4,0,1050,181,0*BC55
      1300 end
  `),
  'STL-BOOT-005': readVectors(`
    right: silent after a reset
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 2*02D9
       106 < =OK,1,START,2*1315
       606 < $R,7F3A,0,600,181,0*FCB6
      1106 < $R,7F3A,1,1100,181,0*779C
      1200 reset
      1240 < !BOOT,91C4,PWR*D3CE
      5240 < !HB,91C4,4000*348C
      5300 end
    wrong: it streams on after a reset (also STL-STREAM-001)
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 2*02D9
       106 < =OK,1,START,2*1315
       606 < $R,7F3A,0,600,181,0*FCB6
       700 reset
       740 < !BOOT,91C4,PWR*D3CE
      1246 < $R,91C4,0,500,181,0*D089
      1746 < $R,91C4,1,1000,181,0*F79E
      1800 end
    wrong: it streams on after REBOOT (also STL-STREAM-001)
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 2*02D9
       106 < =OK,1,START,2*1315
       606 < $R,7F3A,0,600,181,0*FCB6
       700 > @2 REBOOT 0 0*48A5
       706 < =OK,2,REBOOT,*D47A
       740 < !BOOT,91C4,TEST*FBAC
      1246 < $R,91C4,0,500,181,0*D089
      1800 end
  `),
};
