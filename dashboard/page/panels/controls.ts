/** Switches, sliders and choices that show how the world is, not how they were last touched. */
import { byId, setText } from '../elements.ts';

/** Carries out what somebody chose; resolves when the world has it, or when the refusal was shown. */
export type Act<Value> = (value: Value) => Promise<void>;

/** A control that follows the world. While a deed is under way it stays as the hand left it. */
export interface Control<Value> {
  show(value: Value): void;
}

/** A switch: a check box with the role of one. */
export function switchControl(id: string, act: Act<boolean>): Control<boolean> {
  const input = byId(id, HTMLInputElement);
  const pending = new Pending(input);
  input.addEventListener('change', () => {
    pending.during(act(input.checked));
  });
  return {
    show: (isOn) => {
      if (!pending.isOn && input.checked !== isOn) input.checked = isOn;
    },
  };
}

/** A slider, which acts when it is let go. */
export function sliderControl(
  id: string,
  toText: (value: number) => string,
  act: Act<number>,
): Control<number> & { readonly input: HTMLInputElement } {
  const input = byId(id, HTMLInputElement);
  const output = byId(`${id}-text`, HTMLOutputElement);
  const pending = new Pending(input);
  let isHeld = false;
  const tell = (): void => {
    const text = toText(input.valueAsNumber);
    setText(output, text);
    if (input.getAttribute('aria-valuetext') !== text) input.setAttribute('aria-valuetext', text);
  };
  input.addEventListener('input', () => {
    isHeld = true;
    tell();
  });
  input.addEventListener('change', () => {
    isHeld = false;
    pending.during(act(input.valueAsNumber));
  });
  tell();
  return {
    input,
    show: (value) => {
      if (isHeld || pending.isOn) return;
      if (input.valueAsNumber !== value) input.valueAsNumber = value;
      tell();
    },
  };
}

/** One of several: radio buttons in a field set. */
export function choiceControl(id: string, act: Act<string>): Control<string> {
  const fieldset = byId(id, HTMLFieldSetElement);
  const radios = [...fieldset.querySelectorAll('input')];
  const pending = new Pending(fieldset);
  fieldset.addEventListener('change', () => {
    const chosen = radios.find((radio) => radio.checked);
    if (chosen !== undefined) pending.during(act(chosen.value));
  });
  return {
    show: (value) => {
      if (pending.isOn) return;
      for (const radio of radios) radio.checked = radio.value === value;
    },
  };
}

/** Counts what is under way, and marks the control meanwhile. */
class Pending {
  readonly #marked: HTMLElement;
  #count = 0;

  constructor(marked: HTMLElement) {
    this.#marked = marked;
  }

  get isOn(): boolean {
    return this.#count > 0;
  }

  during(deed: Promise<void>): void {
    this.#count += 1;
    this.#marked.dataset['pending'] = '';
    void deed.finally(() => {
      this.#count -= 1;
      if (this.#count === 0) delete this.#marked.dataset['pending'];
    });
  }
}
