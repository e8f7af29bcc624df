import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakCommand } from '../../../scenarios/report/shell-lines.ts';
import { columnsOfText } from '../../../presentation/terminal-text.ts';

/** The arguments that a POSIX shell makes of a command. */
function argumentsOf(command: string): string[] {
  const script = `printf '%s\\0' ${command}`;
  return execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).split('\0');
}

const bare = fc.stringMatching(/^[\w./:=-]{1,60}$/);
const text = fc.stringMatching(/^[ -~é漢]{1,40}$/);
const argument = fc.oneof(
  bare,
  text.map((value) => `'${value.replaceAll("'", String.raw`'\''`)}'`),
  text.map((value) => `"${value.replace(/["\\$`]/g, String.raw`\$&`)}"`),
  text.map((value) => value.replace(/[^\w./]/gu, String.raw`\$&`)),
);
const command = fc.array(argument, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(' '));

describe('breakCommand', () => {
  it('leaves a short command as it is', () => {
    expect(breakCommand('npx stedi run a --seed 1', 80)).toEqual(['npx stedi run a --seed 1']);
  });

  it('breaks between arguments, not within quotes', () => {
    expect(breakCommand("npx stedi run 'my own scenario.yaml' --seed 1", 30)).toEqual([
      'npx stedi run \\',
      "'my own scenario.yaml' \\",
      '--seed 1',
    ]);
  });

  it('is the same command for a shell, on lines that fit', () => {
    fc.assert(
      fc.property(command, fc.integer({ min: 8, max: 60 }), (whole, width) => {
        const lines = breakCommand(whole, width);
        expect(Math.max(...lines.map(columnsOfText))).toBeLessThanOrEqual(width);
        expect(argumentsOf(lines.join('\n'))).toEqual(argumentsOf(whole));
      }),
    );
  });
});
