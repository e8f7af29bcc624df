/** Objects in the bucket, and the bytes of one. */
import type { ObjectPage } from '../../api.ts';
import { element } from '../elements.ts';
import { fetchObject, fetchObjects, objectAddress } from '../live/requests.ts';
import { byteText, countText } from '../words/numbers.ts';
import type { LandingPlace } from './evidence-address.ts';
import { LANDING_PLACES } from './evidence-address.ts';
import type { View } from './evidence-dialog.ts';

/** More of an object is not written into the page; the link gives all of it. */
const SHOWN_CHARACTERS = 60_000;

type Open = (view: View) => void;

/** The newest objects of one place in the bucket. */
export function viewObjects(place: LandingPlace): View {
  return {
    title: `Objects in S3: ${place}`,
    load: async (open) => {
      const page = await fetchObjects(place);
      return [placeChoice(place, open), ...objectTable(page, open)];
    },
  };
}

function placeChoice(chosen: LandingPlace, open: Open): Node {
  const buttons = LANDING_PLACES.map((place) => {
    const pressed = String(place === chosen);
    const button = element('button', { type: 'button', 'aria-pressed': pressed }, place);
    button.addEventListener('click', () => {
      open(viewObjects(place));
    });
    return button;
  });
  return element('p', { class: 'kinds', role: 'group', 'aria-label': 'Where' }, ...buttons);
}

function objectTable({ total, objects }: ObjectPage, open: Open): Node[] {
  if (total === 0) return [element('p', { class: 'empty' }, 'Nothing has been written here yet.')];
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
  const heads = ['Key', 'Rows', 'Size'].map((heading) => element('th', { scope: 'col' }, heading));
  const table = element(
    'table',
    { class: 'rows objects' },
    element('thead', {}, element('tr', {}, ...heads)),
    element('tbody', {}, ...rows),
  );
  return [
    element('p', { class: 'quiet' }, `${countText(total)} objects, the newest first.`),
    element('div', { class: 'scroll' }, table),
  ];
}

/** The bytes of an object as they lie in the bucket. */
function viewObject(key: string): View {
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
