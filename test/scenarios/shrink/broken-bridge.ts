/** A bridge with a defect, and a pipeline that costs nothing: for tests in which no zones are judged. */
import { cp } from 'node:fs/promises';
import { vi } from 'vitest';
import { RowWriter } from '../../../bridge/row-writer.ts';
import { shippedPipeline } from '../../../scenarios/run/pipeline-under-test.ts';
import type { PipelineUnderTest } from '../../../scenarios/run/pipeline-under-test.ts';

/** Lets the bridge lose trainer readings of 29 cm and more, until mocks are restored. */
export function breakBridge(): void {
  const whole = Object.getOwnPropertyDescriptor(RowWriter.prototype, 'land');
  const land = whole?.value as (this: RowWriter, ...args: Parameters<RowWriter['land']>) => void;
  vi.spyOn(RowWriter.prototype, 'land').mockImplementation(function (
    this: RowWriter,
    table,
    piece,
    onDurable,
  ) {
    const text = new TextDecoder().decode(piece.lines);
    if (/"distanceFromObject":29\d/.test(text)) onDurable?.();
    else land.call(this, table, piece, onDurable);
  });
}

/** Runs strict once; from then on, every landing zone gets the zones of the first. */
export function runOnce(folder: string): PipelineUnderTest {
  const strict = shippedPipeline('strict');
  let first: ReturnType<PipelineUnderTest['run']> | undefined;
  return {
    ...strict,
    run: async ({ out, landing }) => {
      first ??= strict.run({ landing, out: folder });
      const outcome = await first;
      await cp(folder, out, { recursive: true });
      return outcome;
    },
  };
}
