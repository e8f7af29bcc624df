/** What our own parts say in a run: the names of objects, the reasons of quarantine, the findings of the audit. */
import { join, relative, sep } from 'node:path';
import type { AuditFinding } from '../../pipeline/index.ts';
import { listFiles, readRows } from './ndjson-files.ts';

/** One text, and where it stands. */
export interface ToldText {
  readonly place: string;
  readonly text: string;
}

/** Columns of quarantine that hold what somebody sent, and not what we say of it. */
const ORIGINALS: ReadonlySet<string> = new Set(['original', 'originalBase64', 'originalTopic']);

/** Collects everything of that kind that a run left in its folders; each text of a place counts once. */
export async function collectToldTexts(options: {
  readonly landing: string;
  readonly zones: string;
  readonly audit: readonly Partial<AuditFinding>[];
}): Promise<ToldText[]> {
  const { landing, zones, audit } = options;
  const told = [...(await objectNames(landing)), ...(await objectNames(zones))];
  told.push(...(await quarantineReasons(join(landing, 'quarantine'))));
  told.push(...(await quarantineReasons(join(zones, 'quarantine'))));
  for (const finding of audit) {
    const text = Object.values(finding).filter((value) => typeof value === 'string');
    told.push({ place: 'audit', text: text.join(' ') });
  }
  return told;
}

async function objectNames(folder: string): Promise<ToldText[]> {
  return (await listFiles(folder)).map((path) => {
    const name = relative(folder, path).split(sep).join('/');
    return { place: name.split('/')[0] ?? name, text: name };
  });
}

async function quarantineReasons(folder: string): Promise<ToldText[]> {
  const texts = new Set<string>();
  for await (const file of readRows(folder)) {
    for (const row of file) {
      const ours = Object.entries(row).filter(([name]) => !ORIGINALS.has(name));
      texts.add(ours.map(([, value]) => String(value)).join(' '));
    }
  }
  return [...texts].map((text) => ({ place: 'quarantine', text }));
}
