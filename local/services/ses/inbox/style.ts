/** The looks of the inbox, for light and dark, from a phone to a wide screen. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f6f7f9; --card: #fff; --text: #1b1f26; --quiet: #56606e; --line: #dfe3e8;
  --accent: #0b57d0; --accent-ground: #e6effc; --bad: #a3231a; --bad-ground: #fdeae8; --warn: #7a4a00; --warn-ground: #fff1d6;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171c; --card: #1d2128; --text: #e8eaee; --quiet: #a3adba; --line: #343a44;
    --accent: #8ab4f8; --accent-ground: #223250; --bad: #ffb4ab; --bad-ground: #4a1f1b; --warn: #ffd699; --warn-ground: #453210;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
}
a { color: var(--accent); }
a:focus-visible, summary:focus-visible, input:focus-visible, iframe:focus-visible, pre:focus-visible, button:focus-visible {
  outline: 3px solid var(--accent); outline-offset: 2px;
}
.page { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
.top { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; justify-content: space-between; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
.quiet { color: var(--quiet); margin: .25rem 0 0; font-size: .925rem; }
.filters { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1.25rem 0 .75rem; padding: 0; list-style: none; }
.filters li { max-width: 100%; }
.filters a {
  display: inline-flex; gap: .5rem; align-items: center; max-width: 100%; min-height: 2.25rem; padding: .25rem .8rem;
  border: 1px solid var(--line); border-radius: 999px; background: var(--card); text-decoration: none; color: var(--text);
}
.filters a span:first-child { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.filters a[aria-current] { background: var(--accent-ground); border-color: var(--accent); }
.unread-count {
  flex: none; white-space: nowrap;
  background: var(--accent); color: var(--ground); border-radius: 999px; padding: 0 .5rem; font-size: .8rem; font-weight: 600;
}
form.search { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: 0 0 1.25rem; }
form.search label { color: var(--quiet); font-size: .925rem; }
form.search input, form.search button {
  font: inherit; min-height: 2.5rem; padding: .25rem .75rem; border-radius: .5rem; border: 1px solid var(--quiet);
  background: var(--card); color: var(--text);
}
form.search input { flex: 1 1 12rem; min-width: 0; max-width: 24rem; }
form.search button { cursor: pointer; }
.mails { list-style: none; margin: 0; padding: 0; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; overflow: hidden; }
.mails li + li { border-top: 1px solid var(--line); }
.mails a {
  display: grid; grid-template-columns: .6rem minmax(0, 1fr) auto; gap: .1rem .75rem; padding: .8rem 1rem;
  color: inherit; text-decoration: none;
}
.mails a:hover { background: var(--accent-ground); }
.mails a:focus-visible { outline-offset: -3px; }
.dot { grid-row: 1 / span 2; align-self: start; width: .6rem; height: .6rem; margin-top: .5rem; border-radius: 50%; }
.is-unread .dot { background: var(--accent); }
.subject { overflow-wrap: anywhere; }
.is-unread .subject { font-weight: 650; }
.mails time { color: var(--quiet); font-size: .875rem; white-space: nowrap; }
.who { grid-column: 2 / -1; color: var(--quiet); font-size: .9rem; overflow-wrap: anywhere; }
.badge { display: inline-block; margin-left: .4rem; padding: 0 .5rem; border-radius: 999px; font-size: .8rem; font-weight: 600; white-space: nowrap; }
.bounced { background: var(--bad-ground); color: var(--bad); }
.complained { background: var(--warn-ground); color: var(--warn); }
.plain { background: var(--accent-ground); color: var(--accent); }
.empty { margin-top: 1.25rem; background: var(--card); border: 1px dashed var(--quiet); border-radius: .75rem; padding: 2rem 1.25rem; text-align: center; }
.empty h2 { margin: 0 0 .5rem; font-size: 1.2rem; }
.empty p { max-width: 36rem; margin: .5rem auto; }
.empty pre { max-width: 44rem; margin: 1rem auto; text-align: left; }
.pages { display: flex; justify-content: space-between; margin: 1rem 0; }
.back { display: inline-block; margin-bottom: .75rem; padding: .25rem 0; }
dl.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .2rem 1rem; margin: 1rem 0; }
dl.facts dt { color: var(--quiet); }
dl.facts dd { margin: 0; overflow-wrap: anywhere; }
.reading { border: 1px solid var(--line); border-radius: .75rem; background: var(--card); overflow: hidden; }
.reading fieldset {
  display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: center; margin: 0; padding: .5rem 1rem; border: 0;
  border-bottom: 1px solid var(--line); font-size: .925rem;
}
.reading legend { float: left; padding: 0; margin-right: 1rem; color: var(--quiet); }
.reading label { display: inline-flex; gap: .4rem; align-items: center; min-height: 2rem; }
.reading iframe {
  display: block; width: 100%; height: 70vh; min-height: 22rem; margin: 0 auto; border: 0; background: #fff; color-scheme: light;
}
.reading:has(#phone:checked) iframe { width: 375px; max-width: 100%; height: 667px; border-inline: 1px solid var(--line); }
pre {
  margin: 0; padding: 1rem; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--card); border: 1px solid var(--line);
  border-radius: .75rem; font: .9rem/1.5 ui-monospace, "SF Mono", Consolas, "Liberation Mono", monospace;
}
details { margin-top: .75rem; }
summary { cursor: pointer; padding: .4rem 0; font-weight: 600; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; table-layout: fixed; }
th, td { text-align: left; vertical-align: top; padding: .3rem .5rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { width: 12rem; color: var(--quiet); font-weight: 500; }
ul.files { margin: .25rem 0; padding-left: 1.25rem; }
@media (max-width: 40rem) {
  .page { padding: 1rem .75rem 2.5rem; }
  h1 { font-size: 1.3rem; }
  .mails a { grid-template-columns: .6rem minmax(0, 1fr); }
  .mails time { grid-column: 2; grid-row: 3; }
  .unread-count .word { display: none; }
  dl.facts { grid-template-columns: minmax(0, 1fr); gap: 0; }
  dl.facts dd { margin-bottom: .4rem; }
  th { width: 38%; }
}
`;
