/** The page for those who run the bridge says what is so: metrics, alerts, options, codes. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { BridgeMetrics } from '../../bridge/watch/index.ts';
import { QUIET } from '../bridge/watch/quiet-status.ts';

const PAGE = fileURLToPath(new URL('../../docs/operations.md', import.meta.url));
const OPTIONS = fileURLToPath(new URL('../../cli/commands/bridge-arguments.ts', import.meta.url));

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

const page = await readFile(PAGE, 'utf8');
const [, yaml = ''] = /```yaml\n(.*?)```/s.exec(page) ?? [];
const { groups } = parse(yaml) as {
  readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[];
};
const rules = groups.flatMap((group) => group.rules);

/** Metrics with the names of their labels, as the bridge serves them. */
const served = new Map<string, Set<string>>();
beforeAll(async () => {
  const text = await new BridgeMetrics().render(BUSY);
  for (const line of text.split('\n')) {
    const [, name = '', labels = ''] = /^([a-z_0-9]+)(?:\{(.*)\})? /.exec(line) ?? [];
    const names = [...labels.matchAll(/(\w+)="/g)].map(([, label = '']) => label);
    served.set(name, new Set([...(served.get(name) ?? []), ...names]));
  }
});

/** A bridge that has something to say under every metric. */
const BUSY = {
  ...QUIET,
  serial: {
    ports: { open: 1 },
    absent: [],
    devices: [{ device: 'a', clockOffsetMs: 1, clockDriftPpm: 1, missing: 1 }],
  },
  listener: { isOpen: true, connections: 1, refused: { 'bad-client-id': 1 } },
  storage: {
    ...QUIET.storage,
    objects: { step_trainer_landing: 1 },
    rows: { step_trainer_landing: 1 },
  },
  records: { step_trainer_landing: 1 },
  quarantined: [
    { table: 'quarantine/step_trainer_landing' as const, reason: 'not-json', count: 1 },
  ],
  duplicates: { repeated: 1 },
  ignored: { status: 1 },
};

/** Names of metrics in a text, with the labels that stand behind them. */
function metricsIn(text: string): { readonly name: string; readonly labels: string[] }[] {
  const found = text.matchAll(/\b((?:stedi_bridge|process|nodejs)_[a-z_0-9]+)(?:\{([^}]*)\})?/g);
  return [...found].map(([, name = '', labels = '']) => ({
    name,
    labels: [...labels.matchAll(/(\w+)\s*(?:[=!]|,|$)/g)].map(([, label = '']) => label),
  }));
}

describe('the alerts', () => {
  test('are there', () => {
    expect(rules.map(({ alert }) => alert)).toEqual(
      expect.arrayContaining(['StediSpoolFailed', 'StediStorageAway', 'StediBridgeGone']),
    );
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  });

  test.each(rules.map((rule) => [rule.alert, rule] as const))(
    '%s names metrics and labels that there are, and says what it means',
    (alert, { expr, for: duration = '0s', labels, annotations }) => {
      expect(alert).toMatch(/^Stedi[A-Z]\w+$/);
      expect(duration).toMatch(/^\d+[smh]$/);
      expect(labels['severity']).toMatch(/^(page|ticket)$/);
      expect(annotations['summary']).toMatch(/^[A-Z].*\.$/);
      // `up` and `job` are Prometheus' own.
      const unknown = metricsIn(expr).flatMap(({ name, labels: used }) => {
        const known = served.get(name);
        if (known === undefined) return [name];
        return used.filter((label) => label !== 'job' && !known.has(label));
      });
      expect(unknown).toEqual([]);
      expect(metricsIn(expr).length + Number(expr.startsWith('up{'))).toBeGreaterThan(0);
      expect(expr.split('(').length).toBe(expr.split(')').length);
    },
  );

  test('each has its place in the runbook, but for those that tell of the machine', () => {
    const runbook = page.slice(page.indexOf('\n## Runbook'));
    const missing = rules.map(({ alert }) => alert).filter((alert) => !runbook.includes(alert));
    expect(missing).toEqual(['StediMemoryHigh']);
  });
});

test('every metric that the bridge has is in the table, with its labels, and the page names no other', async () => {
  const shown = metricsIn(page).filter(({ name }) => name.startsWith('stedi_bridge'));
  const base = (name: string): string => name.replace(/_(bucket|sum|count)$/, '');
  const known = new Set([...served.keys()].flatMap((name) => [name, base(name)]));
  expect(shown.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
  const missing = [...known].filter(
    (name) => name.startsWith('stedi_bridge') && !page.includes(base(name)),
  );
  expect(missing).toEqual([]);
  for (const { name, labels } of shown) {
    expect({ name, odd: labels.filter((label) => served.get(name)?.has(label) === false) }).toEqual(
      {
        name,
        odd: [],
      },
    );
  }
});

test('every option of the bridge that the page names exists', async () => {
  const source = await readFile(OPTIONS, 'utf8');
  const options = new Set(
    [...page.matchAll(/stedi bridge [^\n`]*/g)].flatMap(([line]) =>
      [...line.matchAll(/--([a-z0-9-]+)/g)].map(([, option = '']) => option),
    ),
  );
  expect(options.size).toBeGreaterThan(10);
  const unknown = [...options].filter(
    (option) => option !== 'help' && !new RegExp(`^  '?${option}'?: \\{`, 'm').test(source),
  );
  expect(unknown).toEqual([]);
});
