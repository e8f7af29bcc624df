import { expectCaught } from './expect-caught.ts';
import { FRAMING_FAULTS } from './framing-faults.ts';

expectCaught('the line format', FRAMING_FAULTS);
