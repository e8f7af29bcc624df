import { expect, it } from 'vitest';
import { readReportKinds } from '../../cli/report-kinds.ts';

const read = readReportKinds(['html', 'junit']);

it('takes lists and several options, each report once', () => {
  expect(read('junit, html')).toEqual(['junit', 'html']);
  expect(read(['html', 'junit,html'])).toEqual(['html', 'junit']);
});

it('names what there is', () => {
  expect(() => read('html,pdf')).toThrow('--report takes html and junit, not "pdf".');
});
