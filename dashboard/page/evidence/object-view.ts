/** Objects in the bucket, and the bytes of one. */
import { element } from '../elements.ts';
import { fetchObject, fetchObjects, objectAddress } from '../live/requests.ts';
import { byteText, countText } from '../words/numbers.ts';
import type { View } from './evidence-dialog.ts';

/** More of an object is not written into the page; the link gives all of it. */
const SHOWN_CHARACTERS = 60_000;

/** The newest objects of one table, or of all. */
export function viewObjects(table: string | undefined): View {
  return {
    title: table === undefined ? 'Objects in S3' : `Objects in S3: ${table}`,
    load: async (open) => {
      const { total, objects } = await fetchObjects(table);
      if (total === 0) {
        return [element('p', { class: 'empty' }, 'No object has been written yet.')];
      }
      const rows = objects.map(({ key, bytes, rows: count }) => {
        const link = element('button', { type: 'button', class: 'number key' }, key);
        link.addEventListener('click', () => {
          open(viewObject(key));
        });
        return element(
          'tr',
          {},
          element('th', { scope: 'row' }, link),
          element('td', { class: 'numeric' }, countText(count)),
          element('td', { class: 'numeric' }, byteText(bytes)),
        );
      });
      const heads = ['Key', 'Rows', 'Size'].map((heading) =>
        element('th', { scope: 'col' }, heading),
      );
      return [
        element('p', { class: 'quiet' }, `${countText(total)} objects, the newest first.`),
        element(
          'div',
          { class: 'scroll' },
          element(
            'table',
            { class: 'rows objects' },
            element('thead', {}, element('tr', {}, ...heads)),
            element('tbody', {}, ...rows),
          ),
        ),
      ];
    },
  };
}

/** The bytes of an object as they lie in the bucket. */
export function viewObject(key: string): View {
  return {
    title: key.split('/').at(-1) ?? key,
    load: async () => {
      const text = await fetchObject(key);
      const link = element('a', { href: objectAddress(key), download: '' }, 'Save all of it');
      const isCut = text.length > SHOWN_CHARACTERS;
      return [
        element('p', { class: 'quiet' }, `${key}${isCut ? ', its beginning. ' : '. '}`, link),
        element('pre', {}, element('code', {}, text.slice(0, SHOWN_CHARACTERS))),
      ];
    },
  };
}
