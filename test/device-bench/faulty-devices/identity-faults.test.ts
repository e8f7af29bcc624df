import { expectCaught } from './expect-caught.ts';
import { IDENTITY_FAULTS } from './identity-faults.ts';

expectCaught('booting and identity', IDENTITY_FAULTS);
