import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSummary } from '../../../scenarios/report/summary.ts';
import { columnsOfText } from '../../../presentation/terminal-text.ts';
import { toRunDocument } from '../../../scenarios/run/result.ts';
import {
  classicPublished,
  EMPTY_RUN,
  emptyScenario,
  GREEN_RUN,
  hostileScenario,
  LONG_RUN,
  RED_RUN,
  sampleOracle,
  strictPublished,
} from './sample-run.ts';

const plain = (run: typeof RED_RUN, width = 120): string[] =>
  formatSummary(run, { color: false, width }).split('\n');

describe('formatSummary', () => {
  it('shows a row for each scenario', () => {
    const [heading, first] = plain(RED_RUN);
    expect(heading?.split(/\s{2,}/)).toEqual([
      'Scenario',
      'Mode',
      'Pipeline',
      'Seed',
      'Readings',
      'Verdict',
    ]);
    expect(first?.split(/\s{2,}/)).toEqual([
      classicPublished().name,
      'sim',
      'classic',
      '1',
      '109,953',
      'failed',
    ]);
  });

  it('puts numbers under numbers', () => {
    const lines = plain(LONG_RUN, 120).slice(0, 25);
    expect(
      new Set(lines.map((line) => line.indexOf(line.trimEnd().split(' ').at(-1) ?? ''))).size,
    ).toBe(1);
  });

  it('shows each failure with its sentences and the command that replays it', () => {
    const text = plain(RED_RUN, 200).join('\n');
    for (const { sentence, verdict } of classicPublished().oracles) {
      expect(text.includes(`  - ${sentence}`)).toBe(verdict === 'fail');
    }
    expect(plain(RED_RUN)).toContain(classicPublished().repro);
  });

  describe('below a failure', () => {
    const oracleOf = (run: typeof RED_RUN) =>
      run.scenarios[0]?.oracles.find(({ verdict }) => verdict === 'fail');
    const told = (changes: Parameters<typeof classicPublished>[0]): string[] =>
      formatSummary(toRunDocument([classicPublished(changes)]), {
        color: false,
        width: 200,
        folderOf: ({ seed }) => `my runs/seed${seed}`,
      }).split('\n');

    it('names the oracle with what it measured and its limit', () => {
      const { id, sentence } = oracleOf(RED_RUN) as NonNullable<ReturnType<typeof oracleOf>>;
      const line = told({}).find((text) => text.includes(sentence));
      expect(line).toContain(`${sentence} (${id}: `);
      expect(line).toMatch(/, limit [≤≥<>]=? ?\S+.*\)$/);
    });

    it('tells the commands that explain it and make it smaller', () => {
      const id = oracleOf(RED_RUN)?.id ?? '';
      const lines = told({ seed: 7 });
      expect(lines).toContain(`npx stedi explain 'my runs/seed7' --oracle ${id}`);
      const shrink = `npx stedi shrink published-shape --seed 7 --oracle ${id} --pipeline classic`;
      expect(lines).toContain(shrink);
      expect(told({ seed: 7, swarm: true })).toContain(`${shrink} --swarm`);
    });

    it('tells of a live run only what does not take real time again', () => {
      const text = told({ mode: 'live' }).join('\n');
      expect(text).toContain('npx stedi explain ');
      expect(text).not.toContain('npx stedi shrink ');
    });

    it('tells to shrink only what was measured beyond its limit', () => {
      const untested = sampleOracle({ id: 'landing.lost', verdict: 'fail', margin: 0, chances: 0 });
      const missed = sampleOracle({ id: 'sometimes.line-cut', verdict: 'fail', margin: -1 });
      const only = told({ oracles: [untested, missed] }).join('\n');
      expect(only).toContain('--oracle landing.lost');
      expect(only).not.toContain('npx stedi shrink ');
      const found = sampleOracle({ id: 'privacy.leaks', verdict: 'fail', margin: -1, chances: 9 });
      const commands = told({ oracles: [untested, missed, found] }).filter((line) =>
        line.startsWith('npx stedi '),
      );
      expect(commands.slice(1)).toEqual([
        expect.stringMatching(/explain .* --oracle privacy\.leaks$/),
        expect.stringMatching(/shrink .* --oracle privacy\.leaks /),
      ]);
    });

    it('tells no commands where nobody knows the folder', () => {
      expect(plain(RED_RUN).join('\n')).not.toMatch(/npx stedi (explain|shrink)/);
    });
  });

  it('shows no failures and no commands when all passed', () => {
    expect(plain(GREEN_RUN)).toHaveLength(1 + 2 + 1 + 1);
  });

  it.each([
    [GREEN_RUN, 'All 2 scenarios passed.'],
    [LONG_RUN, '3 of 24 scenarios failed, 21 passed.'],
    [EMPTY_RUN, 'No scenario was run, so nothing was tested.'],
  ])('ends with the verdict: %#', (run, sentence) => {
    expect(plain(run).at(-1)).toBe(sentence);
    expect(
      stripVTControlCharacters(formatSummary(run, { color: true, width: 90 }))
        .split('\n')
        .at(-1),
    ).toBe(sentence);
  });

  it('lets columns go on a narrow terminal, never the title or the verdict', () => {
    expect(plain(RED_RUN, 46)[0]?.split(/\s{2,}/)).toEqual([
      'Scenario',
      'Mode',
      'Pipeline',
      'Verdict',
    ]);
    expect(plain(RED_RUN, 26)[0]?.split(/\s{2,}/)).toEqual(['Scenario', 'Verdict']);
  });

  it('is never wider than the terminal, in colours or without', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 });
    fc.assert(
      fc.property(name, fc.integer({ min: 20, max: 160 }), fc.boolean(), (title, width, color) => {
        const run = toRunDocument([
          classicPublished({
            name: title,
            seed: 4_000_000_000,
            repro: `npx stedi run '${'x y'.repeat(30)}'`,
          }),
          hostileScenario(),
          emptyScenario(),
        ]);
        const lines = stripVTControlCharacters(formatSummary(run, { color, width })).split('\n');
        expect(Math.max(...lines.map(columnsOfText))).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('is ASCII without colours, and shows where a title was cut', () => {
    const run = toRunDocument([strictPublished({ name: 'Zoë’s 漢字 – '.repeat(20) })]);
    const text = formatSummary(run, { color: false, width: 80 });
    expect(text).toMatch(/^[\n -~]*$/);
    expect(text).toContain("Zoe's ?? -");
    expect(text).toContain('...');
  });

  it('lets no title and no command reach the terminal as an escape sequence', () => {
    const attack = 'a\u001B[2Jb\nc';
    const run = toRunDocument([classicPublished({ name: attack, repro: attack })]);
    const text = formatSummary(run, { color: true, width: 80 });
    expect(text).not.toContain('\u001B[2J');
    expect(text).toContain('a [2Jb c');
  });
});
