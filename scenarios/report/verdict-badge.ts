import { html } from '../../presentation/index.ts';
import type { Html } from '../../presentation/index.ts';
import type { Verdict } from '../oracles/judge.ts';

/** A verdict as a sign and a word: colour is never the only thing that tells it. */
export function renderVerdict(verdict: Verdict): Html {
  return verdict === 'pass'
    ? html`<span class="verdict pass"><span aria-hidden="true">✓</span> passed</span>`
    : html`<span class="verdict fail"><span aria-hidden="true">✗</span> failed</span>`;
}
