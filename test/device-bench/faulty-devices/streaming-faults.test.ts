import { expectCaught } from './expect-caught.ts';
import { STREAMING_FAULTS } from './streaming-faults.ts';

expectCaught('streaming, counters and overload', STREAMING_FAULTS);
