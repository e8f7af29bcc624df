import { expectCaught } from './expect-caught.ts';
import { TIMING_FAULTS } from './timing-faults.ts';

expectCaught('clock synchronisation', TIMING_FAULTS);
