import { expect, it } from 'vitest';
import { renderFinding, renderProse } from '../../../device-bench/report/finding-section.ts';
import { findFindings } from '../../../device-bench/report/finding.ts';
import { findAll, parsePage, textOf } from '../../presentation/parsed-page.ts';
import { REPORT } from './sample-report.ts';

it('shows what stands between backticks as code', () => {
  const codes = (text: string): string[] =>
    findAll(parsePage(renderProse(text)), 'code').map(textOf);
  expect(codes('Send `=OK` and `!BOOT,<boot>`.')).toEqual(['=OK', '!BOOT,<boot>']);
  expect(codes('Some `one` and a `')).toEqual(['one']);
  expect(textOf(parsePage(renderProse('a `b` c ` d')))).toBe('a b c d');
});

it('marks the line that it is about, and that of the twin', () => {
  const [section] = findFindings(REPORT).map(renderFinding);
  const page = parsePage(section ?? '');
  expect(findAll(page, 'li', 'subject').map(textOf)).toEqual([
    '0 ms received $R,7F3A,1,441,181,0*0d16\\r\\n',
    'device $R,7F3A,1,441,181,0*0d16\\r\\n',
  ]);
  expect(findAll(page, 'li', 'twin').map(textOf)).toEqual(['twin $R,7F3A,1,441,181,0*0D16\\r\\n']);
});
