import { RATE_CHANGE_VECTORS } from '../../../../firmware-protocol/rules/vectors/rate-change-vectors.ts';
import { describeVectors } from './vector-laws.ts';

describeVectors(RATE_CHANGE_VECTORS);
