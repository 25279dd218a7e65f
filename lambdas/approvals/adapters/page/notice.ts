import { type Markup, markup, type Part } from '../wording/markup';

/** Something to correct: `id` is the field's, where there is one. */
export interface ShownFault {
  readonly id?: string;
  readonly detail: string;
}

/** Good or neutral news above the slip. */
export function notice(heading: string, text: Part): Markup {
  return markup`<div class="notice" role="status"><h2>${heading}</h2><p>${text}</p></div>`;
}

/** Bad news above the slip. It takes the focus, so that a screen reader reads it first. */
export function warning(heading: string, text: Part): Markup {
  return markup`<div class="notice bad" role="alert" tabindex="-1" autofocus><h2>${heading}</h2><p>${text}</p></div>`;
}

/** What is to be corrected, each with a link to its field. */
export function faultSummary(faults: readonly ShownFault[]): Markup {
  const items = faults.map(({ id, detail }) =>
    id === undefined ? markup`<li>${detail}</li>` : markup`<li><a href="#${id}">${detail}</a></li>`,
  );
  return markup`<div class="notice bad" role="alert" tabindex="-1" autofocus><h2>Nothing is recorded yet</h2><ul>${items}</ul></div>`;
}
