/** One reading's life, from a body's motion to rows of the zones. */
import { element } from '../elements.ts';
import { fetchReading } from '../live/requests.ts';
import { countText } from '../words/numbers.ts';
import type { View } from './evidence-dialog.ts';

/** Its stages in their order, with the bytes that it was there. */
export function viewReading(reading: number): View {
  return {
    title: `Reading ${countText(reading)}`,
    load: async () => {
      const { title, stages } = await fetchReading(reading);
      const items = stages.map(({ name, text, bytes }) =>
        element(
          'li',
          {},
          element('h3', {}, name),
          element('p', {}, text),
          ...(bytes === undefined ? [] : [element('pre', {}, element('code', {}, bytes))]),
        ),
      );
      return [element('p', { class: 'lead' }, title), element('ol', { class: 'life' }, ...items)];
    },
  };
}
