/** Variants of the models: tried side by side on one landing zone, or run as a pipeline of their own. */
export { runVariant } from './run-variant.ts';
export type { VariantRun } from './run-variant.ts';
export { VariantLab } from './variant-lab.ts';
export type { Variant, VariantLabOptions } from './variant-lab.ts';
