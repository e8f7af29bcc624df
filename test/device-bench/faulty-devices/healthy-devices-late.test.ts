import { expectHealthy } from './expect-healthy.ts';

expectHealthy('late');
