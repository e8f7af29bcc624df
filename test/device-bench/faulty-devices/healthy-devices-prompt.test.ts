import { expectHealthy } from './expect-healthy.ts';

expectHealthy('prompt');
