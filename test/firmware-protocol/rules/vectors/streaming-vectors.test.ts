import { STREAMING_VECTORS } from '../../../../firmware-protocol/rules/vectors/streaming-vectors.ts';
import { describeVectors } from './vector-laws.ts';

describeVectors(STREAMING_VECTORS);
