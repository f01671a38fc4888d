import { Markup } from './html.js';

/** Style of the report. Follows the reader's preference for light or dark. */
export const style = new Markup(`
:root { color-scheme: light dark; --ink: #1d2733; --soft: #5d6b7a; --line: #d5dce4; --paper: #fff; --accent: #0b6e99; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e9ef; --soft: #98a6b5; --line: #33404d; --paper: #12181f; --accent: #5cc2ec; } }
body { margin: 0 auto; max-width: 68rem; padding: 1.5rem; font: 15px/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h1 { margin: 0; font-size: 1.7rem; } h2 { margin: 2.2rem 0 .6rem; padding-bottom: .2rem; border-bottom: 1px solid var(--line); font-size: 1.2rem; }
h3 { margin: 1.1rem 0 .4rem; font-size: 1rem; } header p, footer, i { color: var(--soft); } i { font-style: normal; font-size: .88em; }
table { width: 100%; margin: .4rem 0 1rem; border-collapse: collapse; } th, td { padding: .22rem .55rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { color: var(--soft); font-weight: 600; } th.number { text-align: right; } .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
code { overflow-wrap: anywhere; font-size: .86em; } blockquote { margin: .4rem 0; padding: .2rem .9rem; border-left: 3px solid var(--accent); }
.columns, .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 1.4rem; } ol { margin: 0; padding-left: 2.4rem; }
figure { margin: 0; } figcaption { color: var(--soft); font-size: .88em; } svg { width: 100%; } svg text { fill: var(--soft); font-size: 10px; }
svg path { fill: none; stroke: var(--accent); stroke-width: 1.6; } .axis { stroke: var(--line); } .fill { fill: var(--accent); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem .9rem; } dt { color: var(--soft); } dd { margin: 0; }
.trace td { border: 0; padding-top: .1rem; padding-bottom: .1rem; } .lane { width: 45%; } .bar { display: block; height: .8rem; margin-top: .3rem; border-radius: 2px; background: var(--accent); }
.cause { display: inline-block; margin-right: .5rem; } footer { margin-top: 2.5rem; font-size: .88em; }
`);
