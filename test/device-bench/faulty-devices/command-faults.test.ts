import { expectCaught } from './expect-caught.ts';
import { COMMAND_FAULTS } from './command-faults.ts';

expectCaught('commands and errors', COMMAND_FAULTS);
