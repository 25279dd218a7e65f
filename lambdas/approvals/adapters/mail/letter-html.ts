import { exactly, type Markup, markup } from '../wording/markup';
import { spacedCode } from '../wording/request-words';
import type { Block, Letter } from './letter';

const FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif";
const SERIF = "font-family:Charter,Georgia,'Times New Roman',serif";
const MONO = "font-family:ui-monospace,Menlo,Consolas,'Courier New',monospace";
const TEXT = `margin:0 0 16px;${FONT};font-size:16px;line-height:1.5;color:#1c2421`;
const LABEL = `margin:0 0 4px;${FONT};font-size:16px;line-height:1.4;color:#55605a`;
const BREAKS = 'overflow-wrap:anywhere;word-break:break-word;white-space:pre-wrap';
const QUOTE = `${TEXT};border-left:3px solid #d8d2c4;padding-left:12px;${BREAKS}`;
const CELL = `${FONT};font-size:16px;line-height:1.4;color:#1c2421;text-align:left;vertical-align:top;padding:8px 12px 8px 0;border-bottom:1px solid #d8d2c4;${BREAKS}`;
const NAME = `${CELL};font-weight:400;color:#55605a;width:40%`;

/**
 * A letter as HTML: one column, inline styles, nothing remote, no script. `ses:no-track` keeps SES from putting its own
 * address in place of a link: https://docs.aws.amazon.com/ses/latest/dg/faqs-metrics.html
 */
export function letterHtml({ subject, preheader, heading, blocks }: Letter): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${subject}</title>
<style>:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){.page{background:#101412!important}.card{background:#19201d!important;border-color:#84d3bc #333d38 #333d38!important}
.ink{color:#e8ece8!important;border-color:#333d38!important}.muted{color:#a5b0aa!important;border-color:#333d38!important}
.code{background:#17302a!important;color:#e8ece8!important}.door{background:#84d3bc!important;color:#06231c!important}}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#efece4">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${preheader}</div>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:#efece4"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px;background:#fffdf8;border:1px solid #d8d2c4;border-top:5px solid #0b5d4e;border-radius:8px"><tr><td style="padding:28px 24px;text-align:left">
<h1 class="ink" style="margin:0 0 16px;${SERIF};font-size:24px;line-height:1.25;font-weight:600;color:#1c2421">${heading}</h1>
${blocks.map(blockHtml)}
</td></tr></table>
</td></tr></table>
</body>
</html>
`.toString();
}

function blockHtml(block: Block): Markup {
  switch (block.kind) {
    case 'words':
      return markup`<p class="ink" style="${TEXT}">${block.text}</p>
`;
    case 'fact':
      return markup`${label(block.label)}<p class="ink" style="${TEXT}">${block.text}</p>
`;
    case 'quote':
      return markup`${label(block.label)}<p class="ink" style="${QUOTE}"><bdi>${block.text}</bdi></p>
`;
    case 'items':
      return markup`${label(block.label)}${block.items.map(
        (item) => markup`<p class="ink" style="${QUOTE}"><bdi>${item}</bdi></p>
`,
      )}`;
    case 'rows':
      return rows(block);
    case 'door':
      return door(block);
    case 'care':
      return markup`<p class="muted" style="${LABEL};margin:24px 0 0;border-top:1px solid #d8d2c4;padding-top:16px">${block.text}</p>
`;
  }
}

function rows({ label: title, rows, more }: Extract<Block, { kind: 'rows' }>): Markup {
  const cells = rows.map(
    ({ name, value }) =>
      markup`<tr><th scope="row" class="muted" style="${NAME}"><bdi>${name}</bdi></th><td class="ink" style="${CELL}"><bdi>${value}</bdi></td></tr>
`,
  );
  return markup`${label(title)}<table width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 16px;border-collapse:collapse;table-layout:fixed">
${cells}</table>
${rows.length === 0 && markup`<p class="muted" style="${TEXT}">Nothing is handed over.</p>`}${
  more > 0 && markup`<p class="muted" style="${TEXT}">… ${more} more: see the page.</p>`
}`;
}

function door({ label: title, url, code }: Extract<Block, { kind: 'door' }>): Markup {
  return markup`${label('Your code')}<p class="code" style="margin:0 0 20px;padding:14px 16px;background:#e7f1ec;border-radius:6px;${MONO};font-size:30px;line-height:1.2;font-weight:700;letter-spacing:3px;color:#1c2421">${spacedCode(code)}</p>
<p style="margin:0 0 16px"><a ses:no-track href="${exactly(url)}" class="door" style="display:block;padding:14px 24px;background:#0b5d4e;color:#ffffff;border-radius:6px;${FONT};font-size:18px;line-height:1.3;font-weight:700;text-align:center;text-decoration:none">${title}</a></p>
${label('If the button does nothing, copy this address into a browser')}<p class="ink" style="${TEXT};${MONO};font-size:16px;${BREAKS}">${exactly(url)}</p>
`;
}

function label(text: string): Markup {
  return markup`<p class="muted" style="${LABEL}">${text}</p>`;
}
