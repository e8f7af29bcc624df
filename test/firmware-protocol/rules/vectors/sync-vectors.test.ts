import { SYNC_VECTORS } from '../../../../firmware-protocol/rules/vectors/sync-vectors.ts';
import { describeVectors } from './vector-laws.ts';

describeVectors(SYNC_VECTORS);
