import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LandingDirt } from './soil-landing.ts';

/** Takes the late objects of a landing folder away; what is given back puts them in their places. */
export async function withholdLate(
  folder: string,
  aside: string,
  { late }: LandingDirt,
): Promise<() => Promise<void>> {
  const pathIn = (root: string, key: string): string => join(root, ...key.split('/'));
  const move = async (from: string, to: string): Promise<void> => {
    for (const key of late) {
      await mkdir(dirname(pathIn(to, key)), { recursive: true });
      await rename(pathIn(from, key), pathIn(to, key));
    }
  };
  await move(folder, aside);
  return () => move(aside, folder);
}
