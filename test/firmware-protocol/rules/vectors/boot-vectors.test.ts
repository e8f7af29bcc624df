import { BOOT_VECTORS } from '../../../../firmware-protocol/rules/vectors/boot-vectors.ts';
import { describeVectors } from './vector-laws.ts';

describeVectors(BOOT_VECTORS);
