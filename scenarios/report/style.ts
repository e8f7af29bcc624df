/** The style sheet of the report. */
import { AUDIT_STYLE, Html, PAGE_STYLE, PRINT_STYLE } from '../../presentation/index.ts';

const SCENARIOS = `
.scenario{border-top:1px solid var(--rule);scroll-margin-top:.5rem}
.scenario:last-of-type{border-bottom:1px solid var(--rule)}
.scenario>summary{display:grid;grid-template-columns:1.2rem 1fr auto;gap:.1rem .4rem;padding:.9rem 0;cursor:pointer;list-style:none}
.scenario>summary::-webkit-details-marker{display:none}
.scenario>summary::before{content:"";width:.45rem;height:.45rem;margin-top:.45rem;border:solid var(--quiet);border-width:0 2px 2px 0;transform:rotate(-45deg)}
.scenario[open]>summary::before{transform:rotate(45deg);margin-top:.35rem}
.scenario>summary .origin{grid-column:2/-1}
.scenario>summary:hover h3{text-decoration:underline;text-decoration-color:var(--neutral);text-underline-offset:.2em}
.scenario:target>summary h3{text-decoration:underline;text-decoration-thickness:2px;text-underline-offset:.2em}
.body{padding:0 0 2.5rem 1.6rem}
.story{max-width:46rem}
.story+.story{margin-top:.5rem}
.body>.findings{background:var(--tint);border-radius:.3rem;padding:.6rem 1rem .6rem 0;margin-top:1rem}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:0 3.5rem}
.repro{background:var(--panel);border-radius:.3rem;padding:.8rem 1rem;white-space:pre-wrap;overflow-wrap:anywhere}
.repro code{user-select:all;-webkit-user-select:all}
.back{margin-top:1.2rem;font-size:.85rem}
.numbers{margin-top:.8rem;font-size:.85rem}
.numbers>summary{cursor:pointer;color:var(--quiet)}
.numbers table{margin-top:.6rem}
.grid{overflow-x:auto;margin-top:1rem}
.grid table{width:auto;display:table;font-size:.78rem;border-collapse:separate;border-spacing:0}
.grid thead{position:static;width:auto;height:auto;overflow:visible;clip-path:none;display:table-header-group}
.grid tbody{display:table-row-group}
.grid tr{display:table-row}
.grid th,.grid td{padding:.15rem .45rem;border-bottom:1px solid var(--rule)}
.grid tbody th{position:sticky;left:0;background:var(--paper);white-space:nowrap}
.grid .numeric{text-align:right}
.grid td::before{content:none}
.grid .upright{vertical-align:bottom;padding:.2rem 0}
.grid .upright span{writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap}
.told{margin-top:.6rem;font-size:.88rem;color:var(--quiet)}
.unexercised{margin-top:.8rem;font-size:.85rem;color:var(--quiet)}
footer{margin-top:3.5rem;color:var(--quiet);font-size:.85rem}
footer h2{font-size:1rem;margin-bottom:.5rem}
footer dl{display:grid;grid-template-columns:8.5rem 1fr;gap:.3rem 1rem;margin:0;max-width:52rem}
footer dt{color:var(--ink)}
footer dd{margin:0}
@media (max-width:46rem){
.body{padding-left:0}
.grid tbody th{white-space:normal;min-width:7rem;max-width:7rem}
.body>.findings{padding:.5rem .8rem}
footer dl{grid-template-columns:1fr}
footer dd{margin-bottom:.5rem}
}
`;

const CHARTS = `
.chart{display:block;overflow:visible;font-size:14px}
.chart text{fill:var(--ink);stroke:var(--paper);stroke-width:5px;stroke-linejoin:round;paint-order:stroke}
.chart .chart-heading{fill:var(--quiet)}
.bar-value{font-weight:600}
.fill{stroke-width:1px}
.total .fill,.rows .fill{fill:var(--neutral);stroke:var(--neutral)}
.right .fill{fill:var(--right);stroke:var(--right)}
.missing .fill{fill:var(--paper);stroke:var(--neutral);stroke-width:1.5px;stroke-dasharray:4 2}
.wrong .fill{fill:var(--wrong);stroke:var(--wrong)}
.chart .wrong text{fill:var(--wrong);stroke:var(--tint);font-weight:700}
.band{fill:var(--tint)}
.pointer{fill:var(--wrong)}
.link{stroke:var(--neutral);stroke-width:1px;stroke-dasharray:2 3}
.tracks .frame{stroke:var(--rule);vector-effect:non-scaling-stroke;fill:none}
.tracks .tick{stroke:var(--rule)}
.marks{fill:none;vector-effect:non-scaling-stroke;stroke-width:6px;stroke-linecap:round}
.marks.right{stroke:var(--right)}
.marks.rows{stroke:var(--neutral)}
.marks.missing{stroke:var(--neutral);stroke-width:3px;stroke-linecap:butt}
.marks.wrong{stroke:var(--wrong);stroke-width:8px;stroke-linecap:square}
.marks.line{stroke-width:1.2px}
h5{margin:1rem 0 .3rem;font-size:.88rem;font-weight:600}
.offenders li{padding:.3rem 0 .3rem .8rem;border-left:2px solid var(--wrong);margin-bottom:.4rem;font-size:.88rem;overflow-wrap:anywhere}
.offenders .truth{color:var(--quiet)}
figcaption{margin-top:.7rem;font-size:.85rem}
.legend{display:flex;flex-wrap:wrap;gap:.1rem 1.4rem}
.legend li::before{content:"";display:inline-block;width:1em;height:.7em;margin-right:.5em;border:1.5px solid var(--neutral);print-color-adjust:exact;-webkit-print-color-adjust:exact}
.legend .right::before{background:var(--right);border-color:var(--right)}
.legend .missing::before{border-style:dashed}
.legend .wrong::before{background:var(--wrong);border-color:var(--wrong)}
`;

const PRINT = `
@media print{
.columns{grid-template-columns:1fr 1fr;gap:0 2.5rem}
.repro{break-inside:avoid}
.numbers:not([open]),.back{display:none}
}
`;

/** Everything that the page needs to look right, on screen in light and dark, and on paper. */
export const STYLE: Html = new Html(
  PAGE_STYLE + AUDIT_STYLE + SCENARIOS + CHARTS + PRINT_STYLE + PRINT,
);
