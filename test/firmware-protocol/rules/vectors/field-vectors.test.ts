import { FIELD_VECTORS } from '../../../../firmware-protocol/rules/vectors/field-vectors.ts';
import { describeVectors } from './vector-laws.ts';

describeVectors(FIELD_VECTORS);
