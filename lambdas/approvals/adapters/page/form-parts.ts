import { exactly, type Markup, markup, type Part } from '../wording/markup';
import type { ShownFault } from './notice';
import type { FormAct } from './submission';

/** The faults of a form as its fields look them up. */
export type Faults = readonly ShownFault[];

/** A label, a hint, what is wrong, and the control, which gets the attributes that tie it to them. */
export function labelled(
  options: { id: string; label: Part; hint?: Part; faults: Faults },
  control: (attributes: Markup) => Markup,
): Markup {
  const { id, label, hint } = options;
  const details = options.faults.filter((fault) => fault.id === id).map(({ detail }) => detail);
  const describedBy = [hint !== undefined && `${id}-hint`, details.length > 0 && `${id}-fault`]
    .filter(Boolean)
    .join(' ');
  const attributes = markup`id="${id}"${describedBy !== '' && markup` aria-describedby="${describedBy}"`}${
    details.length > 0 && markup` aria-invalid="true"`
  }`;
  return markup`<div class="field"><label for="${id}">${label}</label>
${hint !== undefined && markup`<p class="hint" id="${id}-hint">${hint}</p>`}${
  details.length > 0 && markup`<p class="fault" id="${id}-fault">${details.join(' ')}</p>`
}${control(attributes)}</div>
`;
}

/** The code from the mail. It is never filled in for anybody. */
export function codeField(act: FormAct, faults: Faults): Markup {
  return labelled(
    {
      id: `${act}-code`,
      label: 'Code from the mail',
      hint: 'Six digits. They show that a person answers, and not a program that opened the link.',
      faults,
    },
    (attributes) =>
      markup`<input class="code" type="text" name="code" ${attributes} inputmode="numeric" autocomplete="one-time-code" maxlength="20" required>`,
  );
}

/** A reason, with what was typed before. */
export function reasonField(act: FormAct, hint: string, typed: string, faults: Faults): Markup {
  return labelled(
    { id: `${act}-reason`, label: 'Reason', hint, faults },
    (attributes) => markup`<textarea name="reason" ${attributes} rows="3">
${exactly(typed)}</textarea>`,
  );
}

/** A form that sends `act` to the page's own address. */
export function pageForm(act: FormAct, content: Part): Markup {
  return markup`<form method="post" autocomplete="off"><input type="hidden" name="act" value="${act}">
${content}</form>`;
}
