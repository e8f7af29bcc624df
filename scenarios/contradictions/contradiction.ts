/** Something that is wrong with a scenario although each of its values is right. */
export interface Contradiction {
  /** Where: keys and positions from the top of the file. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  /**
   * What else it follows from, such as `world.customers` for a trainer that does not exist. While something is wrong there,
   * nobody can say that this is, too.
   */
  readonly because?: readonly string[];
}
