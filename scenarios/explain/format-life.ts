/** The life of a reading as text for a terminal. */
import { toPen, wrapText } from '../../presentation/index.ts';
import type { Pen, TerminalStyle } from '../../presentation/index.ts';
import { tellTime } from '../evidence/person-names.ts';
import { BIN_STORIES } from '../report/bin-stories.ts';
import { LIFE_STAGES, tellValues } from './life.ts';
import type { Life, LifeStage } from './life.ts';

const HEADINGS: Readonly<Record<LifeStage['stage'], string>> = {
  motion: 'Motion',
  device: 'Device',
  wire: 'Wire',
  bridge: 'Bridge',
  landing: 'Landing',
  zones: 'Zones',
};
/** Columns of a time of day, such as 14:02:11.500, with a margin on both sides. */
const TIME_COLUMNS = 16;

/** Formats it, without a line end after its last line. */
export function formatLife(life: Life, style: TerminalStyle): string {
  const pen = toPen(style);
  const { id, kind, person, atMs, sameStep } = life.reading;
  const others = sameStep.length === 0 ? '' : ` · same step: ${sameStep.join(', ')}`;
  const whose = person < 0 ? 'nobody of this world' : `person ${person}`;
  return [
    ...indent(pen, `Reading ${id} of ${life.run}`, 0),
    ...indent(pen, `${kind} · ${whose} · ${tellTime(atMs)}${others}`, 0).map((line) =>
      pen.paint('quiet', line),
    ),
    ...LIFE_STAGES.flatMap((stage) => formatStages(life, stage, pen)),
    '',
    'End',
    ...indent(pen, life.end, 2).map((line) => pen.paint(inkOf(life), line)),
  ].join('\n');
}

function inkOf({ bin }: Life): 'good' | 'bad' {
  const kind = BIN_STORIES.find((story) => story.bin === bin)?.kind;
  return kind === 'right' ? 'good' : 'bad';
}

function formatStages({ stages }: Life, stage: LifeStage['stage'], pen: Pen): string[] {
  const found = stages.filter((candidate) => candidate.stage === stage);
  if (found.length === 0) return [];
  return ['', HEADINGS[stage], ...found.flatMap((entry) => formatStage(entry, pen))];
}

function formatStage({ atMs, text, bytes, place, row, stage }: LifeStage, pen: Pen): string[] {
  const time = atMs === undefined ? '' : tellTime(atMs).slice(11, 23);
  const [first = '', ...rest] = indent(pen, text, TIME_COLUMNS);
  const lines = [`  ${time.padEnd(TIME_COLUMNS - 2)}${first.trimStart()}`, ...rest];
  if (bytes !== undefined) {
    lines.push(...indent(pen, `${bytes.text}  (${bytes.length} bytes)`, TIME_COLUMNS + 2));
    lines.push(...quiet(pen, bytes.hex));
  }
  if (place !== undefined && stage === 'landing') lines.push(...quiet(pen, place));
  if (row !== undefined) lines.push(...indent(pen, tellValues(row), TIME_COLUMNS + 2));
  return lines;
}

function quiet(pen: Pen, text: string): string[] {
  return indent(pen, text, TIME_COLUMNS + 2).map((line) => pen.paint('quiet', line));
}

function indent(pen: Pen, text: string, columns: number): string[] {
  const margin = ' '.repeat(columns);
  return wrapText(pen.plain(text), Math.max(20, pen.width - columns)).map((line) => margin + line);
}
