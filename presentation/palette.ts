/**
 * Colours of the report. Text has a contrast of at least 4.5 on what it stands on, bars and lines that carry meaning at
 * least 3 (WCAG 2.2, 1.4.3 and 1.4.11). Blue and vermilion stay apart for every kind of colour vision.
 */
export interface Palette {
  readonly paper: string;
  readonly panel: string;
  readonly ink: string;
  readonly quiet: string;
  /** Hairlines that only divide. */
  readonly rule: string;
  readonly neutral: string;
  readonly right: string;
  readonly wrong: string;
  /** What stands behind wrong things. */
  readonly tint: string;
}

/** For light pages and for paper. */
export const LIGHT: Palette = {
  paper: '#fdfdfb',
  panel: '#f4f4f0',
  ink: '#1a1d21',
  quiet: '#565d66',
  rule: '#dcdcd5',
  neutral: '#69727d',
  right: '#1f67a3',
  wrong: '#b23c0a',
  tint: '#fcefe7',
};

/** For dark pages. */
export const DARK: Palette = {
  paper: '#15181b',
  panel: '#1e2226',
  ink: '#e9e7e2',
  quiet: '#a5acb4',
  rule: '#343a41',
  neutral: '#8b949e',
  right: '#6cb0e6',
  wrong: '#ff9a68',
  tint: '#35241b',
};

/** A palette as custom properties. */
export function toCustomProperties(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, colour]) => `--${name}:${colour};`)
    .join('');
}
