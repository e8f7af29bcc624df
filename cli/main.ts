#!/usr/bin/env node
/** The command `stedi`: parses, calls, prints, and sets the exit code. */
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { bridgeCommand } from './commands/bridge.ts';
import { listCommand } from './commands/list.ts';
import { pipelineCommand } from './commands/pipeline.ts';
import { runCommand } from './commands/run.ts';
import { EXIT, explainFailure } from './exit-codes.ts';
import { Interrupted } from './interrupt.ts';
import { printNote } from './terminal.ts';

// The storage client warns on stderr about Node versions that it will not support one day; ours are pinned.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

await yargs(hideBin(process.argv))
  .scriptName('stedi')
  .command(runCommand)
  .command(listCommand)
  .command(pipelineCommand)
  .command(bridgeCommand)
  .demandCommand(1, 'Say what to do. The first thing to try: stedi run --all')
  .recommendCommands()
  .strict()
  .fail((message, error) => {
    if (error instanceof Interrupted) {
      process.exitCode = EXIT.INTERRUPTED;
      return;
    }
    if (error === undefined) {
      printNote(`${message}\n"stedi --help" shows the commands.`);
      process.exitCode = EXIT.USAGE;
      return;
    }
    const { exit, text } = explainFailure(error);
    printNote(text);
    process.exitCode = exit;
  })
  .parseAsync();
