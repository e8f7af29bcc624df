/**
 * The commands, each loaded on use: together they load every room, which takes seconds, and a bridge that runs for months
 * would keep 50 MB of what only tests of pipelines need.
 */
import type { Argv } from 'yargs';
import type { CommandNames } from './command-at-hand.ts';

/** The commands and those below them. */
export const COMMANDS: CommandNames = {
  run: [],
  list: [],
  lint: [],
  shrink: [],
  explain: [],
  mutants: [],
  demo: [],
  pipeline: ['run'],
  generate: [],
  bridge: [],
  simulate: [],
  quarantine: ['list', 'show', 'replay'],
  users: ['add', 'list', 'remove'],
  device: ['check', 'list', 'monitor', 'record', 'replay'],
};

const ADD: Readonly<Record<string, (stedi: Argv) => Promise<Argv>>> = {
  run: async (stedi) => stedi.command((await import('./commands/run.ts')).runCommand),
  list: async (stedi) => stedi.command((await import('./commands/list.ts')).listCommand),
  shrink: async (stedi) => stedi.command((await import('./commands/shrink.ts')).shrinkCommand),
  lint: async (stedi) => stedi.command((await import('./commands/lint.ts')).lintCommand),
  explain: async (stedi) => stedi.command((await import('./commands/explain.ts')).explainCommand),
  mutants: async (stedi) => stedi.command((await import('./commands/mutants.ts')).mutantsCommand),
  demo: async (stedi) => stedi.command((await import('./commands/demo.ts')).demoCommand),
  pipeline: async (stedi) =>
    stedi.command((await import('./commands/pipeline.ts')).pipelineCommand),
  generate: async (stedi) =>
    stedi.command((await import('./commands/generate.ts')).generateCommand),
  bridge: async (stedi) => stedi.command((await import('./commands/bridge.ts')).bridgeCommand),
  simulate: async (stedi) =>
    stedi.command((await import('./commands/simulate.ts')).simulateCommand),
  quarantine: async (stedi) =>
    stedi.command((await import('./commands/quarantine/index.ts')).quarantineCommand),
  users: async (stedi) => stedi.command((await import('./commands/users.ts')).usersCommand),
  device: async (stedi) =>
    stedi.command((await import('./commands/device/index.ts')).deviceCommand),
};

/** Adds the command that arguments begin with; all of them where they begin with none. */
export async function addCommands(stedi: Argv, args: readonly string[]): Promise<void> {
  const [first = ''] = args;
  const names = Object.hasOwn(ADD, first) ? [first] : Object.keys(COMMANDS);
  for (const name of names) await ADD[name]?.(stedi);
}
