import { createRequire } from 'node:module';
import type { DestinationStream, pino as Pino } from 'pino';
import type { Notice, NoticeLevel, NoticeSink } from '../notice.ts';

/** What is worth a line: everything from this level on, or nothing. */
export type LogLevel = NoticeLevel | 'silent';

/**
 * Notices as lines of JSON: `level`, `time` (ISO 8601), `part`, `msg`. `destination` gets each line at once.
 *
 * Neither process number nor host name: whoever collects logs knows them, and both are of the machine, not of the bridge.
 */
export function noticeLog(destination: DestinationStream, level: LogLevel): NoticeSink {
  // Loaded when it is first needed: few commands keep a log, and all of them load this file.
  const { pino } = createRequire(import.meta.url)('pino') as { readonly pino: typeof Pino };
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  return {
    notice: ({ level: noticeLevel, part, text }: Notice) => logger[noticeLevel]({ part }, text),
    close: () => undefined,
  };
}
