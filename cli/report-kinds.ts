import { UsageError } from './exit-codes.ts';

/** Makes the reader of `--report`, which takes `junit,html` as well as several options. It throws UsageError. */
export function readReportKinds<Kind extends string>(
  known: readonly Kind[],
): (given: string | readonly string[]) => Kind[] {
  return (given) => {
    const words = [given].flat().flatMap((text) => text.split(','));
    const kinds = words.map((word) => {
      const kind = known.find((candidate) => candidate === word.trim());
      if (kind !== undefined) return kind;
      throw new UsageError(`--report takes ${known.join(' and ')}, not "${word}".`);
    });
    return [...new Set(kinds)];
  };
}
