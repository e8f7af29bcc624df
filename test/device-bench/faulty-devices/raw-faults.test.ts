import { expectCaught } from './expect-caught.ts';
import { RAW_FAULTS } from './raw-faults.ts';

expectCaught('bare records', RAW_FAULTS);
