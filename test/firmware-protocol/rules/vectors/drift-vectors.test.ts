import { DRIFT_VECTORS } from '../../../../firmware-protocol/rules/vectors/drift-vectors.ts';
import { describeVectors } from './vector-laws.ts';

describeVectors(DRIFT_VECTORS);
