/** Which models have to be made again when some of them are other ones. */
import type { Model } from '../engine/models.ts';

/**
 * Of models in the order in which they are made, those that are changed, and those that read, directly or through others,
 * a table that is.
 */
export function affectedModels(
  models: readonly Model[],
  changed: ReadonlySet<string>,
): readonly Model[] {
  const affected = new Set(changed);
  return models.filter(({ name, sql }) => {
    const isAffected = affected.has(name) || tableWords(sql).some((word) => affected.has(word));
    if (isAffected) affected.add(name);
    return isAffected;
  });
}

/** The names of the models whose texts differ from those of the shipped ones. */
export function changedModels(shipped: readonly Model[], models: readonly Model[]): Set<string> {
  const known = new Map(shipped.map(({ name, sql }) => [name, sql]));
  return new Set(models.filter(({ name, sql }) => known.get(name) !== sql).map(({ name }) => name));
}

/** Every word of a text that could be the name of a table; what comments say is left out. */
function tableWords(sql: string): string[] {
  return sql.replace(/--.*$/gm, '').match(/\w+/g) ?? [];
}
