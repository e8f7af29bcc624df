/** Quantities as they are written. A bare number is refused: it could be in any unit. */

/** A duration, up to 720h. */
export type Duration = `${number}${'ms' | 's' | 'm' | 'h'}`;

/** A share from 0% to 100%. */
export type Share = `${number}%`;

/** A clock's rate error in parts per million, up to 10000ppm. */
export type Drift = `${number}ppm`;

/** The most that an oracle may measure, in its unit. */
export type Limit = number | { readonly max: number };

/** The share that must be right at least: above 0% and up to 100%, or above 0 and up to 1. */
export type ShareLimit = number | Share | { readonly min: number | Share };
