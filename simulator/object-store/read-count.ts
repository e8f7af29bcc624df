import { S3Refusal } from './errors.ts';

/** Limits of a number in the query. */
export interface CountLimits {
  /** What counts when the parameter is absent. */
  readonly fallback: number;
  /** Larger values are lowered to this. */
  readonly max: number;
}

/** Reads a non-negative whole number from the query. Throws `InvalidArgument` for anything else. */
export function readCount(
  query: ReadonlyMap<string, string>,
  name: string,
  { fallback, max }: CountLimits,
): number {
  const text = query.get(name);
  if (text === undefined) return fallback;
  if (!/^\d{1,9}$/.test(text)) {
    throw new S3Refusal('InvalidArgument', {
      message: `${name} must be a whole number from 0 up.`,
    });
  }
  return Math.min(Number(text), max);
}
