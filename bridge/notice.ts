/** What a bridge tells the people who run it, beside its metrics. */

/** The part of the bridge that has something to say. */
export type NoticePart =
  'bridge' | 'spool' | 'landing' | 'listener' | 'broker' | 'serial' | 'watch';

/** How much it matters: `info` is as it should be, `warn` is to be looked after, `error` ends the bridge. */
export type NoticeLevel = 'info' | 'warn' | 'error';

/** One sentence or two: what happened, and what to do. No payload, no personal data, no secret. */
export interface Notice {
  readonly level: NoticeLevel;
  readonly part: NoticePart;
  readonly text: string;
}

/** Is told each notice. */
export type OnNotice = (notice: Notice) => void;

/** Where notices go. */
export interface NoticeSink {
  notice(notice: Notice): void;
  /** Nothing comes after. */
  close(): void;
}
