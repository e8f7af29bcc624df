import { FRAME_VECTORS } from '../../../../firmware-protocol/rules/vectors/frame-vectors.ts';
import { describeVectors } from './vector-laws.ts';

describeVectors(FRAME_VECTORS);
