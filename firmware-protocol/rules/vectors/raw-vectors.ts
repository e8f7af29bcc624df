import { readVectors } from '../rule-vector.ts';
import type { RuleVectors } from '../rule-vector.ts';
import type { RawRuleId } from '../raw-rules.ts';

/** Conversations with devices that know no frames. */
export const RAW_VECTORS: Readonly<Record<RawRuleId, RuleVectors>> = {
  'STL-RAW-001': readVectors(`
    right: one record per line
        10 <? {"sensorReadingTime":1655564444103,"serialNumber":"0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0","distanceFromObject":223}
      1010 <? {"sensorReadingTime":1655564445103,"serialNumber":"0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0","distanceFromObject":0}
      2000 end
    right: keys in another order, further keys, blanks
        10 <? {"distanceFromObject": 223, "serialNumber": "07", "sensorReadingTime": 1655564444103, "battery": 3}
      1000 end
    right: LF alone ends a record
        10 <? {"sensorReadingTime":1655564444103,"serialNumber":"0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0","distanceFromObject":223}␊
      1000 end
    wrong: a time in words
        10 <? {"sensorReadingTime":"2022-06-18T15:00:44Z","serialNumber":"0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0","distanceFromObject":223}
      1000 end
    wrong: a fraction of a millisecond
        10 <? {"sensorReadingTime":1655564444103.5,"serialNumber":"0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0","distanceFromObject":223}
      1000 end
    wrong: no serial number
        10 <? {"sensorReadingTime":1655564444103,"distanceFromObject":223}
      1000 end
    wrong: the distance as text
        10 <? {"sensorReadingTime":1655564444103,"serialNumber":"0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0","distanceFromObject":"223"}
      1000 end
    wrong: a list instead of an object
        10 <? [{"sensorReadingTime":1655564444103,"serialNumber":"0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0","distanceFromObject":223}]
      1000 end
    wrong: half a record
        10 <? {"sensorReadingTime":1655564444103,"serialNumber":"0f1e2d3c-
      1000 end
  `),
  'STL-RAW-002': readVectors(`
    right: the longest record, 512 bytes with CR LF
        10 <? {"sensorReadingTime":1655564444103,"serialNumber":"0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0","distanceFromObject":223,"note":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}
      1000 end
    wrong: 513 bytes with CR LF (also STL-RAW-001)
        10 <? {"sensorReadingTime":1655564444103,"serialNumber":"0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0","distanceFromObject":223,"note":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}
      1000 end
  `),
};
