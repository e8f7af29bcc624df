/** Shows which act the kit plays: one moving line on a terminal, a line for each act elsewhere. */
import type { KitProgress } from '../../../device-bench/index.ts';
import { openProgress, printNote } from '../../terminal.ts';
import type { Progress } from '../../terminal.ts';

/** The progress of one run of the kit. */
export interface ActProgress {
  /** Takes what the kit tells at the beginning of an act. */
  readonly begin: (progress: KitProgress) => void;
  /** Ends the last act. */
  readonly stop: () => void;
}

/** Follows one run of the kit; `open` makes the progress, on stderr unless given. */
export function followActs(open: (total: number) => Progress = openActProgress): ActProgress {
  let progress: Progress | undefined;
  return {
    begin: ({ act, total }) => {
      progress?.end('done');
      progress ??= open(total);
      progress.begin(act);
    },
    stop: () => {
      progress?.end('done');
      progress?.stop();
    },
  };
}

/** In a log, acts are numbered as they come: how many there will be depends on the device. */
function openActProgress(total: number): Progress {
  if (process.stderr.isTTY === true) return openProgress(total);
  let acts = 0;
  const nothing = (): void => undefined;
  return {
    begin: (act) => printNote(`Act ${++acts}: ${act}`),
    update: nothing,
    end: nothing,
    stop: nothing,
  };
}
