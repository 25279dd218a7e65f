import { createHash } from 'node:crypto';

/** The whole style of the page: a slip of paper with a tear-off part for the answer. No font, image or script. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--paper:#efece4;--card:#fffdf8;--ink:#1c2421;--muted:#55605a;--line:#d8d2c4;--field:#8a8f86;
--accent:#0b5d4e;--on-accent:#fff;--soft:#e7f1ec;--bad:#97290f;--bad-soft:#fcede7;--serif:ui-serif,"Iowan Old Style",Charter,Georgia,serif;
--mono:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
@media (prefers-color-scheme:dark){:root{--paper:#101412;--card:#19201d;--ink:#e8ece8;--muted:#a5b0aa;--line:#333d38;--field:#7b8781;
--accent:#84d3bc;--on-accent:#06231c;--soft:#17302a;--bad:#ffb29c;--bad-soft:#38211a}}
@media (prefers-contrast:more){:root{--muted:var(--ink);--line:var(--ink);--field:var(--ink)}}
*{box-sizing:border-box}
html{font:1.0625rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);overflow-wrap:anywhere}
header,main,footer{max-width:70rem;margin:0 auto;padding:0 1.25rem}
header{display:flex;justify-content:space-between;gap:1rem;padding-top:1.25rem;padding-bottom:1rem;color:var(--muted)}
header p{margin:0}
header b{font-family:var(--mono);color:var(--ink);letter-spacing:.06em}
footer{padding-top:1.5rem;padding-bottom:3rem;color:var(--muted);font-size:.9375rem}
footer p{max-width:44rem;margin:0 0 .5rem}
h1,h2,legend,caption,summary{font-family:var(--serif);font-weight:600;line-height:1.25;text-align:start}
h1{font-size:clamp(1.5rem,1.2rem + 1.6vw,2.125rem);margin:.5rem 0 1rem;text-wrap:balance}
h2{font-size:1.25rem;margin:2.25rem 0 .5rem}
p{margin:0 0 .75rem}
.slip{background:var(--card);border:1px solid var(--line);border-top:.3rem solid var(--accent);border-radius:.5rem;box-shadow:0 1px 2px #0000000d,0 12px 32px -18px #00000040}
.slip.ended{border-top-color:var(--field)}
.facts,.answer,.alone{padding:1.5rem 1.25rem}

.answer{border-top:2px dashed var(--line)}
.answer>h2:first-child{margin-top:0}
@media (min-width:64rem){.facts,.answer,.alone{padding:2.25rem 2.5rem}body:has(.slip:not(.two)) :is(header,main,footer){max-width:50.5rem}
.slip.two{display:grid;grid-template-columns:minmax(0,1fr) 25rem}.two>.answer{padding:2.25rem 2rem;border-top:0;border-left:2px dashed var(--line)}}
.stamp{display:inline-block;border:2px solid currentColor;border-radius:.25rem;padding:.1rem .6rem;font-size:.8125rem;font-weight:700;letter-spacing:.1em;text-transform:uppercase;color:var(--muted)}
.stamp.approved,.stamp.pending{color:var(--accent)}
.stamp.rejected{color:var(--bad)}
dl{display:grid;grid-template-columns:auto minmax(0,1fr);gap:.3rem 1.25rem;margin:0 0 1.25rem}
dt{color:var(--muted)}
dd{margin:0}
@media (max-width:30rem){dl{grid-template-columns:minmax(0,1fr);gap:0}dd{margin-bottom:.5rem}}
.said{white-space:pre-wrap;border-left:3px solid var(--line);padding:.1rem 0 .1rem 1rem;margin:.25rem 0 1rem}
table{border-collapse:collapse;width:100%;table-layout:fixed;margin:2.25rem 0 0}
caption{font-size:1.25rem;padding-bottom:.5rem}
th,td{text-align:start;vertical-align:top;padding:.55rem .75rem .55rem 0;border-bottom:1px solid var(--line)}
thead th{color:var(--muted);font-size:.875rem;font-weight:400}
tbody th{font-weight:400;color:var(--muted);width:40%}
td{white-space:pre-wrap;font-variant-numeric:tabular-nums}
th:first-child{width:40%}
.tag{font-size:.8125rem;color:var(--accent)}
.hash{font-size:.875rem;color:var(--muted);margin:.75rem 0 0}
code{font-family:var(--mono);font-size:.95em}
ul.people{list-style:none;margin:0 0 .75rem;padding:0}
ul.people li{padding:.2rem 0}
.quiet{color:var(--muted)}
.rule::first-letter{text-transform:uppercase}
.you{color:var(--muted);font-size:.9375rem}
fieldset{border:0;margin:0 0 1.5rem;padding:0;min-width:0}
legend{font-size:1.125rem;padding:0;margin-bottom:.5rem}
label{font-weight:600}
.field{margin:0 0 1.25rem}
.field>label{display:block}
.field>label+:is(input,select,textarea){margin-top:.35rem}
.hint{color:var(--muted);font-size:.9375rem;margin:0 0 .35rem}
.fault{color:var(--bad);font-weight:600;margin:0 0 .35rem}
.fault::before{content:"! ";font-family:var(--mono)}
input[type=text],input[type=email],select,textarea{display:block;width:100%;min-height:2.9rem;padding:.55rem .75rem;font:inherit;color:inherit;background:var(--card);border:1.5px solid var(--field);border-radius:.35rem}
textarea{min-height:5.5rem;resize:vertical}
[aria-invalid=true]{border-color:var(--bad)!important;border-width:2px!important}
input.code{font-family:var(--mono);font-size:1.5rem;letter-spacing:.14em;max-width:12.5rem}
.choice{position:relative;border:1.5px solid var(--line);border-radius:.35rem;margin-top:.6rem}
.choice input{position:absolute;left:1rem;top:1rem;width:1.25rem;height:1.25rem;margin:0;accent-color:var(--accent)}
.choice label{display:block;padding:.8rem 1rem .8rem 3.1rem;cursor:pointer}
.choice label span{display:block;font-weight:400;color:var(--muted);font-size:.9375rem}
.choice:has(input:checked){border-color:var(--accent);background:var(--soft)}
button{display:block;width:100%;min-height:3.1rem;padding:.6rem 1.5rem;font:inherit;font-weight:700;color:var(--on-accent);background:var(--accent);border:2px solid var(--accent);border-radius:.35rem;cursor:pointer}
button.plain{color:var(--accent);background:none}
button:hover{filter:brightness(1.12)}
details{border-top:1px solid var(--line);margin-top:1.75rem;padding-top:1rem}
summary{cursor:pointer;font-size:1.0625rem;padding:.35rem 0}
details form{padding-top:.75rem}
.notice{border:1px solid var(--line);border-left:.4rem solid var(--accent);background:var(--soft);border-radius:.35rem;padding:1rem 1.25rem;margin:0 0 1.25rem}
.notice.bad{border-left-color:var(--bad);background:var(--bad-soft)}
.notice h2{margin:0 0 .25rem;font-size:1.1875rem}
.notice p:last-child,.notice ul{margin:0}
.notice ul{padding-left:1.1rem}
a{color:inherit;text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.notice:focus{outline:0}
@media (forced-colors:active){.choice:has(input:checked){border-width:3px}.stamp,button{border:2px solid}}
@media print{.answer{display:none}body{background:none}.slip{box-shadow:none}}
`;

/** PAGE_STYLE as a Content-Security-Policy names it. */
export const PAGE_STYLE_SOURCE = `'sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}'`;
