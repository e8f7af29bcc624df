/** The edits of a mutant, applied to the texts of the shipped models. */
import type { SqlEdit } from '../../pipeline/index.ts';
import { ScenarioError } from '../scenario-error.ts';
import type { ModelEdit, Mutant } from './mutant.ts';

/**
 * The edit that turns the shipped models into those of a mutant.
 *
 * @throws ScenarioError MUTANT_STALE, when it is called, where a text to be replaced is not in its model exactly once
 */
export function sqlEditOf({ id, edits }: Pick<Mutant, 'id' | 'edits'>): SqlEdit {
  return (path, sql) =>
    edits
      .filter(({ model }) => model === path)
      .reduce((text, edit) => applyEdit(id, edit, text), sql);
}

function applyEdit(id: string, edit: ModelEdit, sql: string): string {
  if ('sql' in edit) return edit.sql;
  const { model, find, replace } = edit;
  const pieces = sql.split(find);
  if (pieces.length === 2) return pieces.join(replace);
  const how = pieces.length === 1 ? 'not there' : `there ${pieces.length - 1} times`;
  throw new ScenarioError(
    'MUTANT_STALE',
    `Mutant ${id} replaces "${find}" in the model ${model}, where it is ${how}. The model has changed: give the mutant a text that is there once.`,
  );
}
