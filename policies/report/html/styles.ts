/** The page's only style sheet: light and dark by the reader's setting, and a third way for paper. */
export const STYLES = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f6f7f9, #11151b);
  --paper: light-dark(#ffffff, #191f28);
  --raised: light-dark(#eef1f5, #232b37);
  --ink: light-dark(#16202c, #e7ecf3);
  --quiet: light-dark(#52606f, #a5b1c0);
  --line: light-dark(#d4dae2, #333e4d);
  --link: light-dark(#0b57b0, #8ab8ff);
  --good: light-dark(#13693a, #5fd08e);
  --good-ground: light-dark(#e3f4ea, #12301f);
  --bad: light-dark(#b3201a, #ff8f86);
  --bad-ground: light-dark(#fdeae8, #3d1715);
  --open: light-dark(#7d5200, #f0bd5e);
  --open-ground: light-dark(#fdf2da, #35280c);
  --sea: light-dark(#e4ecf4, #0f1924);
  --land: light-dark(#f4f2ee, #2a313b);
  --inside: light-dark(#cfe0f5, #23405f);
  --used: light-dark(#8fb8e8, #33659c);
  --border: light-dark(#ffffff, #0f1924);
  --flow: light-dark(#1d5fa8, #7fb4f5);
  --leak: light-dark(#c8231b, #ff6f63);
  --holds: light-dark(#1d5fa8, #7fb4f5);
  --moves: light-dark(#7a3fa0, #c99af0);
  --carries: light-dark(#0f7068, #5fcabf);
  font: 15px/1.5 system-ui, "Segoe UI", "Helvetica Neue", "Noto Sans", sans-serif;
}
* { box-sizing: border-box; }
html { scroll-padding-top: 4rem; }
body { margin: 0; background: var(--ground); color: var(--ink); }
a { color: var(--link); }
code { font: 0.92em/1.4 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: 0.5rem 1rem; z-index: 3; }

.banner { display: flex; gap: 1.25rem; align-items: center; padding: 1.5rem max(1.25rem, calc(50vw - 40rem)); border-bottom: 1px solid var(--line); }
.banner .sign { flex: none; width: 3.5rem; height: 3.5rem; margin: 0; border-radius: 50%; font-size: 2rem; line-height: 3.5rem; text-align: center; color: var(--paper); background: currentColor; }
.banner .sign::first-letter { color: var(--paper); }
.banner h1 { margin: 0; font-size: 1.9rem; line-height: 1.15; letter-spacing: -0.01em; }
.banner p { margin: 0.15rem 0 0; }
.banner .sentence { font-size: 1.1rem; }
.banner .made { color: var(--quiet); font-size: 0.87rem; overflow-wrap: anywhere; }
.banner.contained { background: var(--good-ground); } .banner.contained h1 { color: var(--good); } .banner.contained .sign { background: var(--good); }
.banner.escapes { background: var(--bad-ground); } .banner.escapes h1 { color: var(--bad); } .banner.escapes .sign { background: var(--bad); }
.banner.undecided { background: var(--open-ground); } .banner.undecided h1 { color: var(--open); } .banner.undecided .sign { background: var(--open); }

nav { position: sticky; top: 0; z-index: 2; display: flex; gap: 0.25rem; overflow-x: auto; padding: 0.4rem max(1rem, calc(50vw - 40.3rem)); background: var(--paper); border-bottom: 1px solid var(--line); }
nav a { flex: none; padding: 0.3rem 0.7rem; border-radius: 0.4rem; color: var(--ink); text-decoration: none; }
nav a:hover { background: var(--raised); }
nav span { margin-left: 0.4rem; padding: 0 0.45rem; border-radius: 1rem; background: var(--raised); color: var(--quiet); font-size: 0.85em; }

main { max-width: 82.5rem; margin: 0 auto; padding: 0 1.25rem 4rem; }
section { margin-top: 2rem; }
h2 { margin: 0 0 0.75rem; font-size: 1.3rem; letter-spacing: -0.01em; }
h2 .shown { color: var(--quiet); font-size: 0.8em; font-weight: 400; }
h3 { margin: 1.25rem 0 0.4rem; font-size: 0.95rem; }
.quiet { color: var(--quiet); font-size: 0.9rem; margin: 0; }

.overview { display: grid; grid-template-columns: minmax(0, 1fr) 19rem; gap: 1.25rem; }
.map { margin: 0; background: var(--paper); border: 1px solid var(--line); border-radius: 0.75rem; overflow: hidden; }
.map svg { display: block; width: 100%; height: auto; background: var(--sea); }
.map .sea { fill: var(--sea); }
.map .country { fill: var(--land); stroke: var(--border); stroke-width: 1.6; stroke-linejoin: round; }
.map .country.inside { fill: var(--inside); }
.map .country.used { fill: var(--used); }
.map .country.outside.used { fill: var(--bad-ground); stroke: var(--leak); }
.map .flow, .map .leak { fill: none; stroke-linecap: round; }
.map .flow { stroke: var(--flow); opacity: 0.85; }
.map .leak { stroke: var(--leak); }
.map .leak.faded { opacity: 0.18; }
.map .leak.chosen { stroke-width: 6; }
.map .head-flow { fill: var(--flow); } .map .head-leak { fill: var(--leak); }
.map text { font-size: 17px; fill: var(--ink); paint-order: stroke; stroke: var(--sea); stroke-width: 4; stroke-linejoin: round; }
.map .name { font-weight: 650; }
.map .detail { font-size: 14px; }
.map .halo { fill: var(--paper); opacity: 0.9; }
.map .dot { fill: var(--flow); stroke: var(--paper); stroke-width: 2; }
.map .alarm .dot { fill: var(--leak); }
.map .target circle { fill: var(--paper); stroke: var(--leak); stroke-width: 3.5; }
.map .target text { fill: var(--leak); font-weight: 650; }
.map .chip rect { fill: var(--leak); }
.map .chip text { fill: light-dark(#ffffff, #2b0705); stroke: none; font-size: 13px; font-weight: 650; }
.map figcaption { display: flex; flex-wrap: wrap; gap: 0.4rem 1.1rem; padding: 0.6rem 0.9rem; font-size: 0.85rem; color: var(--quiet); border-top: 1px solid var(--line); }
.key::before { content: ""; display: inline-block; width: 0.9rem; height: 0.9rem; margin-right: 0.4rem; border-radius: 3px; vertical-align: -0.12rem; background: var(--land); border: 1px solid var(--line); }
.key.inside::before { background: var(--inside); } .key.used::before { background: var(--used); }
.key.flow::before { background: var(--flow); height: 3px; vertical-align: 0.25rem; border: 0; }
.key.leak::before { background: var(--leak); height: 3px; vertical-align: 0.25rem; border: 0; }
.key.network::before { background: none; height: 0; vertical-align: 0.3rem; border: 0; border-top: 2px dashed var(--quiet); }
.key.holds::before { background: var(--holds); } .key.moves::before { background: var(--moves); } .key.carries::before { background: var(--carries); }
.legend .key.outside::before { background: var(--leak); }
.legend { display: flex; flex-wrap: wrap; gap: 0.4rem 1.1rem; margin: 0.5rem 0 0; font-size: 0.85rem; color: var(--quiet); }

.facts h3:first-of-type { margin-top: 1.25rem; }
.tiles { display: grid; grid-template-columns: 1fr 1fr; gap: 0.6rem; margin: 0; }
.tile { display: flex; flex-direction: column-reverse; padding: 0.6rem 0.9rem; background: var(--paper); border: 1px solid var(--line); border-radius: 0.6rem; }
.tile dt { color: var(--quiet); font-size: 0.87rem; }
.tile dd { margin: 0; font-size: 1.6rem; line-height: 1.2; font-weight: 650; font-variant-numeric: tabular-nums; }
.tile.good dd { color: var(--good); } .tile.bad dd { color: var(--bad); } .tile.open dd { color: var(--open); }
.countries { list-style: none; margin: 0; padding: 0; max-height: 15rem; overflow: auto; }
.countries li { display: flex; justify-content: space-between; padding: 0.2rem 0; border-bottom: 1px solid var(--line); }
.countries .outside { color: var(--bad); }
.amount { font-variant-numeric: tabular-nums; }

.story { margin-bottom: 0.6rem; background: var(--paper); border: 1px solid var(--line); border-left: 4px solid var(--leak); border-radius: 0.5rem; padding: 0 1rem; }
.story[open] { padding-bottom: 1rem; }
.story summary { display: flex; flex-wrap: wrap; gap: 0.2rem 0.6rem; align-items: baseline; padding: 0.7rem 0; cursor: pointer; }
.story summary::before { content: "▸"; color: var(--quiet); width: 0.8rem; }
.story[open] summary::before { content: "▾"; }
.story summary::-webkit-details-marker { display: none; }
.who { font-weight: 650; }
.to { color: var(--leak); }
.where { color: var(--bad); overflow-wrap: anywhere; }
.channel, .stack, .badge { padding: 0 0.5rem; border-radius: 1rem; background: var(--raised); color: var(--quiet); font-size: 0.85rem; }
.steps { list-style: none; counter-reset: step; margin: 1rem 0; padding: 0; }
.steps li { counter-increment: step; position: relative; padding: 0 0 1rem 2.6rem; }
.steps li::before { content: counter(step); position: absolute; left: 0; top: 0; width: 1.7rem; height: 1.7rem; border-radius: 50%; background: var(--leak); color: var(--paper); font-weight: 650; text-align: center; line-height: 1.7rem; font-size: 0.87rem; }
.steps li:not(:last-child)::after { content: ""; position: absolute; left: 0.8rem; top: 1.9rem; bottom: 0.2rem; width: 2px; background: var(--line); }
.steps p { margin: 0; }
.hop { font-weight: 650; }
.because { display: flex; flex-wrap: wrap; gap: 0.2rem 0.9rem; margin-top: 0.3rem; }
.because > code { padding: 0.15rem 0.5rem; border-radius: 0.3rem; background: var(--raised); }
.attribute { color: var(--quiet); }
.source { color: var(--quiet); font-size: 0.87rem; overflow-wrap: anywhere; }
.remedy { margin: 0; padding: 0.6rem 0.9rem; border-radius: 0.4rem; background: var(--good-ground); overflow-wrap: anywhere; }

button, input, select { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: 0.4rem; padding: 0.25rem 0.65rem; }
button { cursor: pointer; background: var(--raised); }
button:hover { border-color: var(--quiet); }
button[aria-pressed="true"] { background: var(--leak); border-color: var(--leak); color: var(--paper); }
html:not(.alive) .show-path, html:not(.alive) .tools, html:not(.alive) .frame { display: none; }
.tools { display: flex; flex-wrap: wrap; gap: 0.5rem 0.75rem; align-items: center; margin-bottom: 0.6rem; }
.tools label { color: var(--quiet); font-size: 0.9rem; }
.tools select { max-width: 14rem; }
#question { display: flex; flex-wrap: wrap; gap: 0.4rem; align-items: center; margin-left: auto; }
#question input { width: 15rem; }
#answer { font-weight: 650; overflow-wrap: anywhere; }
[hidden] { display: none !important; }

.frame { overflow: auto; max-height: 44rem; background: var(--paper); border: 1px solid var(--line); border-radius: 0.75rem; }
.frame svg { display: block; margin: 0 auto; }
.frame text { font-size: 13px; fill: var(--ink); }
.frame .title { font-weight: 600; }
.frame .type { font-size: 11.5px; fill: var(--quiet); }
.frame .caret { fill: var(--quiet); }
.group > .frame { overflow: visible; fill: var(--ground); stroke: var(--line); }
.group.place > .frame { stroke: var(--quiet); stroke-width: 1.5; }
.group.vpc > .frame { stroke: var(--carries); stroke-width: 1.5; fill: var(--paper); }
.group.subnet > .frame { stroke: var(--carries); stroke-dasharray: 5 4; }
.group.outside > .frame { stroke: var(--leak); fill: var(--bad-ground); }
.grip { fill: transparent; }
.fold { cursor: pointer; }
.fold:hover .grip { fill: var(--raised); opacity: 0.6; }
.fold:focus-visible { outline: none; }
.fold:focus-visible .grip { stroke: var(--link); stroke-width: 3; }
.card { fill: var(--paper); stroke: var(--line); }
.stripe { fill: var(--quiet); }
.holds .stripe { fill: var(--holds); } .moves .stripe { fill: var(--moves); } .carries .stripe { fill: var(--carries); }
.node.outside .stripe, .escaping .stripe { fill: var(--leak); }
.escaping .card, .node.outside .card { stroke: var(--leak); }
.edge { fill: none; stroke-width: 1.4; }
.edge.flow { stroke: var(--flow); } .edge.network { stroke: var(--quiet); stroke-dasharray: 5 4; opacity: 0.75; }
.head-flow { fill: var(--flow); } .head-network { fill: var(--quiet); } .head-trail { fill: var(--leak); }
path.trail { fill: none; stroke: var(--leak); stroke-width: 3.5; }
.ring { fill: none; stroke: var(--leak); stroke-width: 2.5; }
.step { fill: var(--leak); stroke: var(--paper); stroke-width: 2; }
.frame .number { fill: var(--paper); font-weight: 700; }

.wide { overflow-x: auto; background: var(--paper); border: 1px solid var(--line); border-radius: 0.6rem; }
table { width: 100%; border-collapse: collapse; font-size: 0.93rem; }
th { padding: 0; text-align: left; background: var(--raised); white-space: nowrap; }
th button { width: 100%; border: 0; border-radius: 0; padding: 0.4rem 0.7rem; text-align: left; font-weight: 650; background: none; }
th[aria-sort="ascending"] button::after { content: " ▲"; } th[aria-sort="descending"] button::after { content: " ▼"; }
td { padding: 0.32rem 0.7rem; border-top: 1px solid var(--line); vertical-align: top; overflow-wrap: break-word; min-width: 5rem; }
td.unbroken { white-space: nowrap; }
.badge { white-space: nowrap; }
.badge.contained { color: var(--good); background: var(--good-ground); }
.badge.escaping { color: var(--bad); background: var(--bad-ground); }
.badge.undecided, .badge.waived { color: var(--open); background: var(--open-ground); }
.more { margin-top: 0.6rem; }

@media (max-width: 60rem) { .overview { grid-template-columns: minmax(0, 1fr); } #question { margin-left: 0; } }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media print {
  :root { color-scheme: light; font-size: 11px; }
  body { background: none; }
  nav, .skip, .tools, .show-path, .more { display: none; }
  .frame { max-height: none; overflow: visible; } .frame svg { max-width: 100%; height: auto; }
  .story, .map, .banner, tr { break-inside: avoid; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
`;
