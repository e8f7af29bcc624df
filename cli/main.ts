#!/usr/bin/env node
/** The command `stedi`: parses, calls, prints, and sets the exit code. */
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { commandAtHand } from './command-at-hand.ts';
import { addCommands, COMMANDS } from './command-table.ts';
import { explainFailure, UsageError } from './exit-codes.ts';
import { failureDocument } from './failure-document.ts';
import { outliveTerminal } from './hung-up-terminal.ts';
import { outliveReaders, printJson, printNote } from './terminal.ts';

// The storage client warns on stderr about Node versions that it will not support one day; ours are pinned.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const HELP_WIDTH_MAX = 100;

outliveReaders();
outliveTerminal();

const args = hideBin(process.argv);

try {
  const stedi = yargs(args);
  await addCommands(stedi, args);
  await stedi
    .scriptName('stedi')
    .alias('help', 'h')
    .demandCommand(1, 'Say what to do. The first thing to try: npx stedi run --all')
    .recommendCommands()
    .strict()
    .wrap(Math.min(HELP_WIDTH_MAX, stedi.terminalWidth()))
    .fail((message, error: unknown) => {
      if (error !== undefined && !isParserError(error)) throw error;
      const command = commandAtHand(args, COMMANDS);
      throw new UsageError(`${message}\n"${command} --help" shows what can be written there.`);
    })
    .parseAsync();
} catch (error) {
  const { exit, text } = explainFailure(error);
  const document = failureDocument(args, error, text);
  if (document !== undefined) printJson(document);
  printNote(text);
  process.exitCode = exit;
}

/** Some wrong command lines yargs tells with a message alone, others with an error of its own. */
function isParserError(error: unknown): boolean {
  return error instanceof Error && error.name === 'YError';
}
