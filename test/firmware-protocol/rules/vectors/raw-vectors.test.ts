import { RAW_VECTORS } from '../../../../firmware-protocol/rules/vectors/raw-vectors.ts';
import { describeVectors } from './vector-laws.ts';

describeVectors(RAW_VECTORS);
