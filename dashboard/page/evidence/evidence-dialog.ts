/** What is behind a number: rows with their truth, a reading's life, objects and their bytes. */
import type { DemoPolicy } from '../../api.ts';
import { byId, element, setText } from '../elements.ts';
import { RequestError } from '../live/requests.ts';
import { parseEvidence } from './evidence-address.ts';
import { viewObjects } from './object-view.ts';
import { viewRows } from './row-view.ts';

/** Something to look at, with the title above it. */
export interface View {
  readonly title: string;
  readonly load: (open: (view: View) => void) => Promise<readonly Node[]>;
}

/** One dialog, with a way back. */
export class EvidenceDialog {
  readonly #dialog = byId('evidence', HTMLDialogElement);
  readonly #title = byId('evidence-title', HTMLElement);
  readonly #body = byId('evidence-body', HTMLElement);
  readonly #back = byId('evidence-back', HTMLButtonElement);
  #views: View[] = [];

  /** Opens for every element with `data-evidence`, now and later. */
  constructor(policyNow: () => DemoPolicy) {
    document.addEventListener('click', ({ target }) => {
      const link = target instanceof Element ? target.closest('[data-evidence]') : null;
      const address = link?.getAttribute('data-evidence') ?? undefined;
      const evidence = address === undefined ? undefined : parseEvidence(address);
      if (evidence === undefined) return;
      this.#views = [];
      this.#open(
        evidence.kind === 'rows'
          ? viewRows({ ...evidence, policy: evidence.policy ?? policyNow(), offset: 0 })
          : viewObjects(evidence.place),
      );
    });
    byId('evidence-close', HTMLButtonElement).addEventListener('click', () => {
      this.#dialog.close();
    });
    this.#dialog.addEventListener('click', ({ target }) => {
      // The dialog itself is hit beside its content only.
      if (target === this.#dialog) this.#dialog.close();
    });
    this.#back.addEventListener('click', () => {
      this.#views.pop();
      const before = this.#views.pop();
      if (before !== undefined) this.#open(before);
    });
  }

  #open(view: View): void {
    this.#views.push(view);
    this.#back.hidden = this.#views.length < 2;
    setText(this.#title, view.title);
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#title.focus();
    void this.#fill(view);
  }

  async #fill(view: View): Promise<void> {
    this.#body.ariaBusy = 'true';
    this.#body.replaceChildren(element('p', { class: 'empty' }, 'Loading…'));
    let content: readonly Node[];
    try {
      content = await view.load((next) => {
        this.#open(next);
      });
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      content = this.#failure(view, error);
    }
    // Somebody may have gone on to another view meanwhile.
    if (this.#views.at(-1) !== view) return;
    this.#body.ariaBusy = 'false';
    this.#body.replaceChildren(...content);
    this.#body.scrollTop = 0;
  }

  #failure(view: View, error: RequestError): Node[] {
    const again = element('button', { type: 'button' }, 'Try again');
    again.addEventListener('click', () => {
      void this.#fill(view);
    });
    return [element('p', { class: 'failure', role: 'alert' }, error.message), again];
  }
}
