/** Draws what a monitor knows as the lines of a screen. The same state gives the same lines. */
import { columnsOfText, cutText, toAscii, withoutControls } from '../../presentation/index.ts';
import type { MonitorState, Notice } from './monitor-state.ts';
import { drawPlot } from './plot.ts';
import { rateHz, WINDOW_MS } from './reading-counts.ts';

/** The screen that is drawn on. */
export interface Screen {
  readonly columns: number;
  readonly rows: number;
  readonly color: boolean;
  readonly unicode: boolean;
}

const PLOT_ROWS_MAX = 12;
const PLOT_ROWS_MIN = 3;
const PLOT_COLUMNS_MIN = 10;
const NOTICES_MAX = 6;
/** Width of the distances beside the plot, and of their line. */
const AXIS_COLUMNS = 7;
const RED = '\u001B[31m';
const BOLD = '\u001B[1m';
const RESET = '\u001B[0m';

/** A line, and how it looks on a terminal with colours. */
interface Line {
  readonly text: string;
  readonly style?: 'bold' | 'bad';
}

/** The screen at `nowMs`: as many lines as there is room for, none longer than the screen is wide. */
export function renderFrame(state: MonitorState, screen: Screen, nowMs: number): string[] {
  const head = [...drawHead(state, screen), ...drawCounts(state, nowMs), ...drawClock(state)];
  const room = screen.rows - head.length;
  const noticeRows = Math.max(
    0,
    Math.min(NOTICES_MAX, state.notices.length, room - PLOT_ROWS_MIN - 2),
  );
  const plot = drawSignal(state, screen, room - noticeRows);
  const notices = state.notices.slice(state.notices.length - noticeRows).map(drawNotice);
  const lines = [...head, ...plot, ...notices].slice(0, Math.max(0, screen.rows));
  return lines.map((line) => finish(line, screen));
}

/** On as many lines as it takes: on a narrow screen, what comes last is what changes. */
function drawHead({ identity, boot, phase, isClosed }: MonitorState, { columns }: Screen): Line[] {
  const name =
    identity === undefined
      ? ['a device that has not told its name']
      : [`${identity.model} ${identity.firmware}`, identity.serialNumber];
  const lines: string[] = [];
  for (const part of [...name, `boot ${boot ?? 'unknown'}`, isClosed ? 'gone' : phase]) {
    const longer = [...lines.slice(-1), part].join(' · ');
    if (columnsOfText(longer) <= columns) lines.splice(-1, 1, longer);
    else lines.push(part);
  }
  return lines.map((text) => ({ text, style: 'bold' }));
}

function drawCounts(state: MonitorState, nowMs: number): Line[] {
  const { counts, lines, rejected } = state;
  const hz = state.isStopped || state.isClosed ? 0 : rateHz(counts, nowMs);
  const { readings, gaps, missing, late, droppedBefore } = counts;
  const badCrc = rejected.get('bad-crc') ?? 0;
  const others = [...rejected].filter(([reason]) => reason !== 'bad-crc');
  const reasons = others.map(([reason, count]) => `${count} ${reason}`).join(', ');
  return [
    { text: `${hz.toFixed(1)} Hz · ${readings} readings of ${lines} lines` },
    {
      text: `gaps ${gaps} (${missing} missing) · late ${late} · dropped ${droppedBefore}`,
      ...(gaps > 0 && { style: 'bad' as const }),
    },
    {
      text: `CRC errors ${badCrc} · rejected ${reasons === '' ? '0' : reasons}`,
      ...(rejected.size > 0 && { style: 'bad' as const }),
    },
  ];
}

function drawClock({ clock }: MonitorState): Line[] {
  if (clock === undefined) return [{ text: 'clock not known' }];
  const { offsetMs, driftPpm, errorMs, bursts } = clock;
  const error = Number.isFinite(errorMs) ? `± ${errorMs.toFixed(1)} ms` : 'contradicts itself';
  const drift = `${driftPpm < 0 ? '−' : '+'}${Math.abs(driftPpm).toFixed(1)} ppm`;
  return [
    { text: `clock offset ${offsetMs.toFixed(1)} ms ${error} · drift ${drift} · ${bursts} syncs` },
  ];
}

/** The distances of the last seconds over the device's ticks, in at most `rows` lines with its axis. */
function drawSignal({ counts }: MonitorState, screen: Screen, rows: number): Line[] {
  const { window } = counts;
  const columns = screen.columns - AXIS_COLUMNS;
  const plotRows = Math.min(PLOT_ROWS_MAX, rows - 1);
  const last = window.at(-1);
  if (last === undefined || columns < PLOT_COLUMNS_MIN || plotRows < PLOT_ROWS_MIN) return [];
  const distances = window.map(({ distance }) => distance);
  const top = distances.reduce((high, distance) => Math.max(high, distance), -Infinity);
  const bottom = distances.reduce((low, distance) => Math.min(low, distance), Infinity);
  const drawn = drawPlot(
    window.map(({ ticks, distance }) => ({ x: ticks, y: distance })),
    {
      columns,
      rows: plotRows,
      x: [last.ticks - WINDOW_MS, last.ticks],
      y: [bottom, top],
      unicode: screen.unicode,
    },
  );
  const labels = new Map([
    [plotRows - 1, bottom],
    [0, top],
  ]);
  const lines = drawn.map((row, index) => ({
    text: `${String(labels.get(index) ?? '').padStart(AXIS_COLUMNS - 2)} │${row}`.trimEnd(),
  }));
  return [...lines, drawTicks(last.ticks, columns)];
}

/** The axis of the plot: the device's ticks at its left and right end. */
function drawTicks(ticks: number, columns: number): Line {
  const [from, to] = [ticks - WINDOW_MS, ticks].map((each) =>
    String(((each % 2 ** 32) + 2 ** 32) % 2 ** 32),
  );
  const gap = columns - (from?.length ?? 0) - (to?.length ?? 0) - ' ticks '.length;
  const text = gap < 2 ? '' : `${from} ticks ${' '.repeat(gap)}${to}`;
  return { text: `${' '.repeat(AXIS_COLUMNS - 1)}${text}` };
}

function drawNotice({ ms, text, isBad }: Notice): Line {
  return {
    text: `${formatMs(ms).padStart(9)}  ${text}`,
    ...(isBad && { style: 'bad' as const }),
  };
}

/** Seconds since the port was opened, with ms. */
export function formatMs(ms: number): string {
  return (ms / 1000).toFixed(3);
}

function finish({ text, style }: Line, { columns, color, unicode }: Screen): string {
  const plain = withoutControls(text);
  const spelled = unicode ? plain : toAscii(plain.replaceAll('│', '|').replaceAll('±', '+-'));
  const cut = cutText(spelled, columns, columnsOfText(spelled) > columns && unicode ? '…' : '');
  if (!color || style === undefined) return cut;
  return `${style === 'bad' ? RED : BOLD}${cut}${RESET}`;
}
