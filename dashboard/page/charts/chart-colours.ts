/** Colours for canvases, which know no custom properties. */

/** What charts draw with. */
export interface ChartColours {
  readonly ink: string;
  readonly quiet: string;
  readonly rule: string;
  readonly panel: string;
  readonly right: string;
  readonly wrong: string;
  readonly x: string;
  readonly y: string;
  readonly z: string;
  readonly distance: string;
}

const NAMES = [
  'ink',
  'quiet',
  'rule',
  'panel',
  'right',
  'wrong',
  'x',
  'y',
  'z',
  'distance',
] as const;

/** Colours as the page has them now. */
export function readColours(): ChartColours {
  const probe = document.createElement('span');
  document.body.append(probe);
  const entries = NAMES.map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, getComputedStyle(probe).color] as const;
  });
  probe.remove();
  return Object.fromEntries(entries) as Record<(typeof NAMES)[number], string>;
}
