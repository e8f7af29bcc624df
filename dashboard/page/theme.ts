/** Light, dark, or as the system has it. */
import { byId, setText } from './elements.ts';

const THEMES = ['system', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

const KEY = 'stedi-demo-theme';

/** Lets the button change the colours; `onChange` also hears of changes of the system. */
export function followTheme(onChange: () => void): void {
  let theme = storedTheme();
  const button = byId('theme', HTMLButtonElement);
  const text = byId('theme-text', HTMLElement);
  const apply = (): void => {
    document.documentElement.dataset['theme'] = theme;
    setText(text, `Colours: ${theme}`);
    button.title = `Colours: ${theme}`;
    onChange();
  };
  button.addEventListener('click', () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
    store(theme);
    apply();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', onChange);
  apply();
}

function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(KEY);
    return THEMES.find((theme) => theme === stored) ?? 'system';
  } catch {
    // Browsers may forbid storage: then the choice holds until the page is closed.
    return 'system';
  }
}

function store(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // As above.
  }
}
