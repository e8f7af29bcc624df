import { readVectors } from '../rule-vector.ts';
import type { RuleVectors } from '../rule-vector.ts';
import type { IdentityRuleId } from '../identity-rules.ts';

/** Conversations about who a device is and what it can do. */
export const IDENTITY_VECTORS: Pick<
  Readonly<Record<IdentityRuleId, RuleVectors>>,
  'STL-IDENT-001' | 'STL-IDENT-002' | 'STL-IDENT-003' | 'STL-IDENT-004'
> = {
  'STL-IDENT-001': readVectors(`
    right: who it is
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 ID?*7079
      112 < =ID,1,1,STEDI,ST-1,0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0,1.4.2,7F3A*DD04
      200 > ID?
      212 < =ID,,1,STEDI,ST-1,0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0,1.4.2,7F3A*34E6
      500 end
    wrong: another version of the protocol
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 ID?*7079
      112 <? =ID,1,2,STEDI,ST-1,0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0,1.4.2,7F3A*00F4
      500 end
    wrong: another maker
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 ID?*7079
      112 <? =ID,1,1,ACME,ST-1,0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0,1.4.2,7F3A*3C53
      500 end
    wrong: the firmware is missing (also STL-IDENT-003)
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 ID?*7079
      112 <? =ID,1,1,STEDI,ST-1,0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0,7F3A*1BBC
      500 end
    wrong: it does not know (also STL-CMD-005)
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 ID?*7079
      106 < =ERR,1,3*E0FA
      500 end
  `),
  'STL-IDENT-002': readVectors(`
    right: the same before and after a reset
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 ID?*7079
       112 < =ID,1,1,STEDI,ST-1,0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0,1.4.2,7F3A*DD04
      1000 reset
      1040 < !BOOT,91C4,PWR*D3CE
      1100 > @2 ID?*9EAB
      1112 < =ID,2,1,STEDI,ST-1,0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0,1.4.2,91C4*88C9
      1500 end
    wrong: in upper case
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 ID?*7079
      112 <? =ID,1,1,STEDI,ST-1,0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0,1.4.2,7F3A*7E5D
      500 end
    wrong: not a UUID
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 ID?*7079
      112 <? =ID,1,1,STEDI,ST-1,SN000042,1.4.2,7F3A*25CC
      500 end
    wrong: another after a reset
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 ID?*7079
       112 < =ID,1,1,STEDI,ST-1,0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0,1.4.2,7F3A*DD04
      1000 reset
      1040 < !BOOT,91C4,PWR*D3CE
      1100 > @2 ID?*9EAB
      1112 < =ID,2,1,STEDI,ST-1,0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f1,1.4.2,91C4*8BBC
      1500 end
  `),
  'STL-IDENT-003': readVectors(`
    right: that of the boot event, also after a reset
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 ID?*7079
       112 < =ID,1,1,STEDI,ST-1,0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0,1.4.2,7F3A*DD04
      1000 reset
      1040 < !BOOT,91C4,PWR*D3CE
      1100 > @2 ID?*9EAB
      1112 < =ID,2,1,STEDI,ST-1,0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0,1.4.2,91C4*88C9
      1500 end
    wrong: another
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 ID?*7079
      112 < =ID,1,1,STEDI,ST-1,0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0,1.4.2,0000*DD64
      500 end
    wrong: that of the boot before
         0 < !BOOT,7F3A,PWR*ABB7
       100 > @1 ID?*7079
       112 < =ID,1,1,STEDI,ST-1,0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0,1.4.2,7F3A*DD04
      1000 reset
      1040 < !BOOT,91C4,PWR*D3CE
      1100 > @2 ID?*9EAB
      1112 < =ID,2,1,STEDI,ST-1,0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0,1.4.2,7F3A*5160
      1500 end
  `),
  'STL-IDENT-004': readVectors(`
    right: rate and options
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 CAPS?*3606
      108 < =CAPS,1,R200,SYNC+REBOOT+PPM500*2717
      500 end
    right: no options; options that the host does not know
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 CAPS?*3606
      108 < =CAPS,1,R1,*8D5A
      200 > @2 CAPS?*EE84
      208 < =CAPS,2,R1,*6388
      500 end
    wrong: rate 0
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 CAPS?*3606
      108 <? =CAPS,1,R0,SYNC*40CD
      500 end
    wrong: a rate above 1000 Hz
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 CAPS?*3606
      108 <? =CAPS,1,R1001,SYNC*5384
      500 end
    wrong: a rate without its R
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 CAPS?*3606
      108 <? =CAPS,1,200,SYNC*C1C7
      500 end
    wrong: the comma behind the rate is missing
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 CAPS?*3606
      108 <? =CAPS,1,R200*3338
      500 end
    wrong: options with commas between them
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 CAPS?*3606
      108 <? =CAPS,1,R200,SYNC,REBOOT*817C
      500 end
    wrong: it does not know (also STL-CMD-005)
        0 < !BOOT,7F3A,PWR*ABB7
      100 > @1 CAPS?*3606
      106 < =ERR,1,3*E0FA
      500 end
  `),
};
