import { IDENTITY_VECTORS } from '../../../../firmware-protocol/rules/vectors/identity-vectors.ts';
import { describeVectors } from './vector-laws.ts';

describeVectors(IDENTITY_VECTORS);
