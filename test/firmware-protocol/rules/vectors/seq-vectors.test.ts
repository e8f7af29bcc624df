import { SEQ_VECTORS } from '../../../../firmware-protocol/rules/vectors/seq-vectors.ts';
import { describeVectors } from './vector-laws.ts';

describeVectors(SEQ_VECTORS);
