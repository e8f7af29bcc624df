import { describe, expect, it } from 'vitest';
import { renderCheckPage } from '../../../device-bench/report/check-page.ts';
import { CHECK_STYLE } from '../../../device-bench/report/check-style.ts';
import { RULE_IDS, RULES } from '../../../firmware-protocol/index.ts';
import { findAll, findOne, parsePage, tableCells, textOf } from '../../presentation/parsed-page.ts';
import { CLEAN, FAILED_IDS, REPORT, SERIAL, SILENT, TARGET } from './sample-report.ts';

const PAGE = parsePage(renderCheckPage(REPORT, TARGET));

describe('the page of a check', () => {
  it('opens with the verdict, the device and the port', () => {
    expect(textOf(findOne(PAGE, 'h1'))).toContain('breaks 3 rules');
    const facts = textOf(findOne(PAGE, 'dl', 'facts'));
    expect(facts).toContain(SERIAL);
    expect(facts).toContain('/dev/ttyUSB0 at 57600 baud');
    expect(facts).toContain('L0 reached, L3 asked for');
    expect(findOne(PAGE, 'header').attributes['class']).toBe('fail');
  });

  it('tells each broken rule, with the bytes, the times and the twin', () => {
    const findings = findAll(PAGE, 'article', 'finding');
    expect(findings.map(({ attributes }) => attributes['id'])).toEqual(FAILED_IDS);
    const [finding] = findings;
    const text = textOf(finding);
    expect(text).toContain(RULES['STL-FRAME-004'].must);
    expect(text).toContain('The CRC is written 0d16, due is 0D16.');
    expect(text).toContain('-45.0 ms sent @k1 START 50*1A2B\\r\\n');
    expect(text).toContain('0 ms received $R,7F3A,1,441,181,0*0d16\\r\\n');
    expect(text).toContain('twin $R,7F3A,1,441,181,0*0D16\\r\\n');
    expect(text).toContain('Hint. Use "%04X"');
  });

  it('lists every rule with its verdict; broken ones lead to what is told of them', () => {
    const table = findOne(PAGE, 'table');
    const rows = tableCells(table);
    expect(rows.map(([id]) => id)).toEqual(RULE_IDS);
    expect(rows.find(([id]) => id === 'STL-FRAME-004')?.slice(3)).toEqual(['40', '✗ failed']);
    expect(rows.find(([id]) => id === 'STL-SYNC-001')?.at(-1)).toBe(
      '– not tested the device has no option <SYNC>',
    );
    const links = findAll(table, 'a').map(({ attributes }) => attributes['href']);
    expect(links).toEqual(FAILED_IDS.map((id) => `#${id}`));
  });

  it('lets nothing that a device sent become markup', () => {
    expect(findAll(PAGE, 'script')).toEqual([]);
    expect(renderCheckPage(REPORT, TARGET)).not.toMatch(/(?!\n)\p{Cc}/u);
  });

  it('says so when all is well, and when nobody was there', () => {
    const clean = parsePage(renderCheckPage(CLEAN, TARGET));
    expect(findOne(clean, 'header').attributes['class']).toBe('pass');
    expect(findAll(clean, 'article')).toEqual([]);
    const silent = parsePage(renderCheckPage(SILENT, TARGET));
    expect(textOf(findOne(silent, 'header'))).toContain('The device sends nothing.');
    expect(findOne(silent, 'header').attributes['class']).toBe('fail');
  });

  it('is the same for the same report', () => {
    expect(renderCheckPage(REPORT, TARGET)).toBe(renderCheckPage(REPORT, TARGET));
  });
});

describe('its style', () => {
  it('loads nothing, ends nothing and closes every block', () => {
    expect(CHECK_STYLE).not.toMatch(/url\(|@import|[<&]|#[\da-f]{3,8}\b/i);
    expect(CHECK_STYLE.split('{')).toHaveLength(CHECK_STYLE.split('}').length);
  });
});
