/** How what is personal is shown. A report is local, but what was recorded of devices may be of real people. */
import type { World } from '../../simulator/index.ts';
import { maskRow, personalValues } from '../evidence/masked-row.ts';
import { HIDDEN, showBytes } from './life.ts';
import type { ShownBytes } from './life.ts';

/** Rows and bytes as they may be shown. */
export interface PersonalView {
  readonly row: (row: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
  readonly bytes: (bytes: string) => ShownBytes;
}

/** An e-mail, of whomever it is. */
const E_MAIL = /[^\s"'<>@,:;]+@[^\s"'<>@,:;]+/g;

/** Everything as it is. */
export const OPEN_VIEW: PersonalView = { row: (row) => row, bytes: showBytes };

/** Words stand for what is personal in rows, such as `e-mail of person 7`, and a star for each byte of it. */
export function maskedView(world: World): PersonalView {
  const values = personalValues(world).map((value) =>
    // Bytes are looked at one by one, as characters.
    Buffer.from(value, 'utf8').toString('latin1').toLowerCase(),
  );
  return {
    row: (row) => maskRow(world, row),
    bytes: (bytes) => showBytes(values.reduce(hide, bytes.replaceAll(E_MAIL, hiddenFor))),
  };
}

function hide(bytes: string, value: string): string {
  let hidden = bytes;
  const lower = bytes.toLowerCase();
  for (let at = lower.indexOf(value); at >= 0; at = lower.indexOf(value, at + value.length)) {
    hidden = hidden.slice(0, at) + hiddenFor(value) + hidden.slice(at + value.length);
  }
  return hidden;
}

function hiddenFor(bytes: string): string {
  return HIDDEN.repeat(bytes.length);
}
