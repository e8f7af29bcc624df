import { html } from '../../presentation/index.ts';
import type { Html } from '../../presentation/index.ts';
import { formatOffset } from './excerpt.ts';
import type { Excerpt, ExcerptKind, ExcerptLine } from './excerpt.ts';
import { describeBreaches } from './finding.ts';
import type { Finding, TwinDifference } from './finding.ts';

const SPEAKERS: Readonly<Record<ExcerptKind, string>> = {
  sent: 'sent',
  received: 'received',
  reset: '',
  closed: '',
};

/** Everything that the page tells about one broken rule. Its anchor is the id of the rule. */
export function renderFinding(finding: Finding): Html {
  const { id, title, level, must, messages, legal, hint, excerpt, difference } = finding;
  return html`<article class="finding" id="${id}">
    <h3><code>${id}</code> ${title}</h3>
    <p class="origin">${level} · ${describeBreaches(finding)}</p>
    <p class="must">${renderProse(must)}</p>
    <ul class="breaches">
      ${messages.map((message) => html`<li>${renderProse(message)}</li>`)}
    </ul>
    ${excerpt === undefined ? undefined : renderExcerpt(excerpt)}
    ${difference === undefined ? undefined : renderDifference(difference)}
    <p class="hint"><strong>Hint.</strong> ${renderProse(hint)}</p>
    ${legal === undefined ? undefined : html`<p class="quiet">Allowed: ${renderProse(legal)}</p>`}
  </article>`;
}

/** The text of a rule; what stands between backticks is code. */
export function renderProse(text: string): Html {
  const pieces = text.split('`');
  return html`${pieces.map((piece, index) =>
    index % 2 === 1 && index < pieces.length - 1 ? html`<code>${piece}</code>` : piece,
  )}`;
}

function renderExcerpt({ act, atMs, lines }: Excerpt): Html {
  return html`<p class="origin">At ${(atMs / 1_000).toFixed(3)} s, in act “${act}”</p>
    <ol class="talk">
      ${lines.map(renderLine)}
    </ol>`;
}

function renderLine({ kind, offsetMs, text, isSubject, skipped }: ExcerptLine): Html {
  return html`${
      skipped > 0
        ? html`<li class="skipped">${skipped} more ${skipped === 1 ? 'line' : 'lines'}</li>`
        : undefined
    }
    <li class="${isSubject ? 'subject' : 'beside'}">
      <span class="time">${isSubject ? '0 ms' : formatOffset(offsetMs)}</span>
      <span class="speaker">${SPEAKERS[kind]}</span>
      <code>${text}</code>
    </li>`;
}

function renderDifference({ act, device, twin }: TwinDifference): Html {
  return html`<p class="origin">First difference from the virtual twin, in act “${act}”</p>
    <ol class="talk">
      <li class="subject">
        <span class="time"></span><span class="speaker">device</span> <code>${device}</code>
      </li>
      <li class="twin">
        <span class="time"></span><span class="speaker">twin</span> <code>${twin}</code>
      </li>
    </ol>`;
}
