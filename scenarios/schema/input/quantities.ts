/** Quantities as they are written. A bare number is refused: it could be in any unit. */

/** A duration, up to 720h. */
export type Duration = `${number}${'ms' | 's' | 'm' | 'h'}`;

/** A share from 0% to 100%. */
export type Share = `${number}%`;

/** A clock's rate error in parts per million, up to 10000ppm. */
export type Drift = `${number}ppm`;

/** A limit for an oracle: a number is the most that may be measured. */
export type Limit = number | { readonly min: number } | { readonly max: number };
