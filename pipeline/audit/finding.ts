/** Something that the audit found, in how many rows, what it means and what to do about it. */
export interface AuditFinding {
  /** Public: never renamed. */
  readonly id: string;
  /** How many rows, customers, sessions or lines are concerned, as the title says. */
  readonly rows: number;
  /** One sentence with the numbers in it. */
  readonly title: string;
  /** One of them, in a sentence without personal data: times (UTC), counts and serial numbers only. */
  readonly example: string;
  readonly why: string;
  readonly fix: string;
  /** Whether this must never be in strict zones: a strict run that finds it publishes nothing. */
  readonly breaks: boolean;
}
