import { TICK_VECTORS } from '../../../../firmware-protocol/rules/vectors/tick-vectors.ts';
import { describeVectors } from './vector-laws.ts';

describeVectors(TICK_VECTORS);
