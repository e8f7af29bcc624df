import { COMMAND_VECTORS } from '../../../../firmware-protocol/rules/vectors/command-vectors.ts';
import { describeVectors } from './vector-laws.ts';

describeVectors(COMMAND_VECTORS);
