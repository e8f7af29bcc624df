import { OVERLOAD_VECTORS } from '../../../../firmware-protocol/rules/vectors/overload-vectors.ts';
import { describeVectors } from './vector-laws.ts';

describeVectors(OVERLOAD_VECTORS);
