/** Characters of a path that the name of a folder keeps: file systems take 255 bytes, and more comes behind it. */
const LENGTH_MAX = 180;

/** The name of a scenario, or the path of its file, as a part of a folder's name: `pools.mjs#2` becomes `pools-mjs-2`. */
export function toFolderName(file: string): string {
  const plain = file.replace(/\.ya?ml$/, '').replaceAll(/[^\w-]+/g, '-');
  // The end of a long path tells more than its beginning.
  return plain.slice(-LENGTH_MAX).replace(/^-+/, '');
}
