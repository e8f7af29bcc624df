import { readVectors } from '../rule-vector.ts';
import type { RuleVectors } from '../rule-vector.ts';
import type { FramingRuleId } from '../framing-rules.ts';

/** Conversations about line ends, fields, numbers and free text. */
export const FIELD_VECTORS: Pick<
  Readonly<Record<FramingRuleId, RuleVectors>>,
  'STL-FRAME-006' | 'STL-FRAME-007' | 'STL-FRAME-008' | 'STL-FRAME-009'
> = {
  'STL-FRAME-006': readVectors(`
    right: CR LF
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @4 PING*ED5C
      106 < =OK,4,PING,*4CBE
      500 end
    right: LF alone
        0 < !BOOT,7F3A,PWR*ABB7␊
      100 > @4 PING*ED5C
      106 < =OK,4,PING,*4CBE␊
      500 end
    wrong: CR alone
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @4 PING*ED5C
      106 <? =OK,4,PING,*4CBE␍
      300 > @5 PING*A8FC
      306 <? =OK,5,PING,*F4DF
      600 end
    wrong: CR twice
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @4 PING*ED5C
      106 <? =OK,4,PING,*4CBE␍␍␊
      500 end
  `),
  'STL-FRAME-007': readVectors(`
    right: one of every line
         0 < !BOOT,7F3A,PWR*ABB7
        20 < #hello
        30 < !E,0,*72EC
       100 > @1 ID?*7079
       112 < =ID,1,1,STEDI,ST-1,0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0,1.4.2,7F3A*DD04
       200 > @2 CAPS?*EE84
       208 < =CAPS,2,R200,SYNC+REBOOT*984A
       300 > @3 SYNC 1655564444103*0D89
       306 < =SYNC,3,1655564444103,302,303*EF87
       400 > @4 START 1*4576
       406 < =OK,4,START,1*54BA
      1406 < $R,7F3A,0,1400,181,0*0325
      1500 > @5 STOP*63F5
      1506 < =OK,5,STOP,1*0D6E
      1600 > @6 PING*661C
      1606 < =OK,6,PING,*2C5D
      1700 >! x
      1706 < =ERR,,3*14A6
      1800 > @8 REBOOT 0 0*55E7
      1806 < =OK,8,REBOOT,*3BE2
      1900 < !BOOT,0001,TEST*6141
      5900 < !HB,0001,4000*AE61
      6000 end
    wrong: a reading without flags
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 1*32BA
       106 < =OK,1,START,1*2376
      1106 <? $R,7F3A,0,1100,181*742E
      1200 end
    wrong: a field too many
         0 < !BOOT,7F3A,PWR*ABB7
      4000 <? !HB,7F3A,4000,21*709D
      4100 end
    wrong: an event that nobody knows
        0 < !BOOT,7F3A,PWR*ABB7
       20 <? !HELLO,7F3A*28FE
      500 end
    wrong: a heartbeat among the readings
         0 < !BOOT,7F3A,PWR*ABB7
      4000 <? $HB,7F3A,4000*F2DD
      4100 end
    wrong: a distance out of its range
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 1*32BA
       106 < =OK,1,START,1*2376
      1106 <? $R,7F3A,0,1100,70000,0*8FE1
      1200 end
    wrong: an error that does not exist (also STL-ERR-004)
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! x
      106 <? =ERR,,8*A5CD
      500 end
  `),
  'STL-FRAME-008': readVectors(`
    right: zeros and the largest values
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 REBOOT 65535 4294966000*8F5C
       106 < =OK,1,REBOOT,*F93E
       200 < !BOOT,FFFF,TEST*084C
       300 > @2 START 1*1FFE
       306 < =OK,2,START,1*0E32
      1306 < $R,FFFF,65535,4294967100,65535,3*E600
      2306 < $R,FFFF,0,804,0,0*0819
      2400 end
    wrong: seq with leading zeros
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 1*32BA
       106 < =OK,1,START,1*2376
      1106 <? $R,7F3A,00000,1100,181,0*E28F
      1200 end
    wrong: a sign
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 1*32BA
       106 < =OK,1,START,1*2376
      1106 <? $R,7F3A,0,+1100,181,0*7093
      1200 end
    wrong: a blank
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 1*32BA
       106 < =OK,1,START,1*2376
      1106 <? $R,7F3A,0,1100, 181,0*A243
      1200 end
    wrong: a fraction
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 1*32BA
       106 < =OK,1,START,1*2376
      1106 <? $R,7F3A,0,1100.0,181,0*10C6
      1200 end
    wrong: an exponent
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 1*32BA
       106 < =OK,1,START,1*2376
      1106 <? $R,7F3A,0,1.1e3,181,0*BEEC
      1200 end
    wrong: hexadecimal ticks
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 1*32BA
       106 < =OK,1,START,1*2376
      1106 <? $R,7F3A,0,0x44C,181,0*8C8C
      1200 end
    wrong: a large unsigned value printed as a signed one
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 REBOOT 0 4294960000*B20B
       106 < =OK,1,REBOOT,*F93E
       200 < !BOOT,0001,TEST*6141
      4200 <? !HB,0001,-3296*80B3
      4300 end
    wrong: a boot id in lower case
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 START 1*32BA
       106 < =OK,1,START,1*2376
      1106 <? $R,7f3a,0,1100,181,0*AF32
      1200 end
    wrong: a boot id of three digits
         0 < !BOOT,0F3A,PWR*6CAF
      4000 <? !HB,F3A,4000*FA4B
      4100 end
  `),
  'STL-FRAME-009': readVectors(`
    right: a star in the text
        0 < !BOOT,7F3A,PWR*ABB7
       20 < #2*3 is 6
       30 < #crc *7079 was wrong
       40 < #*70790
      500 end
    wrong: a command is quoted
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 PING*AE5D
      103 <? #got @1 PING*AE5D
      106 < =OK,1,PING,*3519
      500 end
    wrong: a reading is quoted
        0 < !BOOT,7F3A,PWR*ABB7
       20 <? #$R,7F3A,0,20,181,0*B1CC
      500 end
    wrong: four digits in lower case
        0 < !BOOT,7F3A,PWR*ABB7
       20 <? #eeprom *beef
      500 end
  `),
};
