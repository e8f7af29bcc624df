import { RECOVERY_VECTORS } from '../../../../firmware-protocol/rules/vectors/recovery-vectors.ts';
import { describeVectors } from './vector-laws.ts';

describeVectors(RECOVERY_VECTORS);
