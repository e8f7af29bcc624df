import { RATE_VECTORS } from '../../../../firmware-protocol/rules/vectors/rate-vectors.ts';
import { describeVectors } from './vector-laws.ts';

describeVectors(RATE_VECTORS);
