import { readVectors } from '../rule-vector.ts';
import type { RuleVectors } from '../rule-vector.ts';
import type { FramingRuleId } from '../framing-rules.ts';

/** Conversations about lines as a whole: class, length, CRC, bytes. */
export const FRAME_VECTORS: Pick<
  Readonly<Record<FramingRuleId, RuleVectors>>,
  'STL-FRAME-001' | 'STL-FRAME-002' | 'STL-FRAME-003' | 'STL-FRAME-004' | 'STL-FRAME-005'
> = {
  'STL-FRAME-001': readVectors(`
    right: all four classes
         0 < !BOOT,7F3A,PWR*ABB7
        20 < #sensor warm
       100 > @4 PING*ED5C
       106 < =OK,4,PING,*4CBE
      4000 < !HB,7F3A,4000*B213
      4100 end
    wrong: a log line without class
        0 < !BOOT,7F3A,PWR*ABB7
       20 <? sensor warm
      500 end
    wrong: a prompt
        0 < !BOOT,7F3A,PWR*ABB7
       20 <? >\x20
      500 end
    wrong: an empty line
        0 < !BOOT,7F3A,PWR*ABB7
       20 <?
      500 end
    wrong: the class is missing
         0 < !BOOT,7F3A,PWR*ABB7
      4000 <? HB,7F3A,4000*76ED
      4100 end
    wrong: another class
         0 < !BOOT,7F3A,PWR*ABB7
      4000 <? ?HB,7F3A,4000*2096
      4100 end
  `),
  'STL-FRAME-002': readVectors(`
    right: the longest response, 82 bytes
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @Zz09 ID?*5344
      116 < =ID,Zz09,1,STEDI,Trainer,0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0,12.34.56,7F3A*F7D9
      500 end
    right: the longest text, 82 bytes
        0 < !BOOT,7F3A,PWR*ABB7
       20 < #ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt
      500 end
    wrong: 83 bytes with a right CRC (also STL-FRAME-007)
        0 < !BOOT,7F3A,PWR*ABB7
       20 <? !E,1,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa*53AD
      500 end
    wrong: text of 83 bytes
        0 < !BOOT,7F3A,PWR*ABB7
       20 <? #tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt
      500 end
  `),
  'STL-FRAME-003': readVectors(`
    right: the CRC of the design
        0 < !BOOT,7F3A,PWR*ABB7
       20 < !E,7,sensor lost, retrying*DB4B
      500 end
    right: a CRC that begins with zeros
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! PING*0000
      106 < =ERR,,1*34E4
      200 >! ␇
      206 < =ERR,,2*0487
      500 end
    wrong: start value 0
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @4 PING*ED5C
      106 <? =OK,4,PING,*98B1
      500 end
    wrong: a reflected variant
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @4 PING*ED5C
      106 <? =OK,4,PING,*8B62
      500 end
    wrong: the class character is left out
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @4 PING*ED5C
      106 <? =OK,4,PING,*AD4F
      500 end
    wrong: the star is counted in
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @4 PING*ED5C
      106 <? =OK,4,PING,*B260
      500 end
    wrong: no CRC at all
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @4 PING*ED5C
      106 <? =OK,4,PING,
      500 end
    wrong: a star and nothing behind it
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @4 PING*ED5C
      106 <? =OK,4,PING,*
      500 end
  `),
  'STL-FRAME-004': readVectors(`
    right: digits and capitals, with leading zeros
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @4 PING*ED5C
      106 < =OK,4,PING,*4CBE
      200 >! ␇
      206 < =ERR,,2*0487
      500 end
    wrong: lower case
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @4 PING*ED5C
      106 <? =OK,4,PING,*4cbe
      500 end
    wrong: the leading zero is missing
        0 < !BOOT,7F3A,PWR*ABB7
      100 >! ␇
      106 <? =ERR,,2*487
      500 end
    wrong: as a 32-bit number
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @4 PING*ED5C
      106 <? =OK,4,PING,*00004CBE
      500 end
    wrong: with 0x
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @4 PING*ED5C
      106 <? =OK,4,PING,*0x4CBE
      500 end
  `),
  'STL-FRAME-005': readVectors(`
    right: the first and the last printable byte
        0 < !BOOT,7F3A,PWR*ABB7
       20 < # !"#$%&()+,-./:;<=>?@[\\]^_\`{|}~
      500 end
    right: the ROM writes at a baud rate of its own before the first boot event
        0 <? \xe0\x8cl\x9ef␀\xfe␞
      300 < !BOOT,7F3A,PWR*ABB7
      400 > @4 PING*ED5C
      406 < =OK,4,PING,*4CBE
      500 end
    wrong: a NUL at the end of a text
        0 < !BOOT,7F3A,PWR*ABB7
       20 <? #warm␀
      500 end
    wrong: a tab
        0 < !BOOT,7F3A,PWR*ABB7
       20 <? #t␉21
      500 end
    wrong: a degree sign in Latin-1
        0 < !BOOT,7F3A,PWR*ABB7
       20 <? !E,3,21 \xb0C*B803
      500 end
    wrong: the same in UTF-8
        0 < !BOOT,7F3A,PWR*ABB7
       20 <? !E,3,21 \xc2\xb0C*AD8E
      500 end
    wrong: colours of a terminal
        0 < !BOOT,7F3A,PWR*ABB7
       20 <? #␛[31mhot␛[0m
      500 end
  `),
};
