import { ERROR_VECTORS } from '../../../../firmware-protocol/rules/vectors/error-vectors.ts';
import { describeVectors } from './vector-laws.ts';

describeVectors(ERROR_VECTORS);
