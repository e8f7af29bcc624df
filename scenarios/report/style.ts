/** The style sheet of the report. */
import { Html } from './html.ts';
import { DARK, LIGHT, toCustomProperties } from './palette.ts';

const PAGE = `
:root{${toCustomProperties(LIGHT)}color-scheme:light}
@media screen and (prefers-color-scheme:dark){:root{${toCustomProperties(DARK)}color-scheme:dark}}
*{box-sizing:border-box}
html{font-size:clamp(16px,14.4px + .22vw,20px);-webkit-text-size-adjust:100%}
body{margin:0 auto;padding:clamp(1rem,4vw,3rem);max-width:76rem;background:var(--paper);color:var(--ink);
font:1rem/1.5 -apple-system,"Segoe UI",Roboto,"Helvetica Neue","Liberation Sans",system-ui,Arial,sans-serif;
font-variant-numeric:tabular-nums;overflow-wrap:break-word}
h1,h2,h3,h4,p,ul,figure,pre{margin:0;padding:0}
h1{font-size:clamp(1.6rem,1.2rem + 1.8vw,2.4rem);line-height:1.15;font-weight:650;letter-spacing:-.015em;text-wrap:balance}
h2{font-size:1.3rem;line-height:1.3;font-weight:650;margin:3rem 0 .9rem}
h3{font-size:1.05rem;line-height:1.35;font-weight:600}
h4{font-size:.9rem;font-weight:650;margin:2rem 0 .6rem}
ul{list-style:none}
a{color:inherit;text-decoration-color:var(--neutral);text-underline-offset:.2em}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:2px solid var(--right);outline-offset:3px;border-radius:2px}
code,pre{font-family:ui-monospace,"SF Mono","Cascadia Mono",Menlo,Consolas,"Liberation Mono",monospace;font-size:.84em}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.quiet,.origin,.empty,figcaption{color:var(--quiet)}
.origin{font-size:.85rem}
`;

const VERDICTS = `
header{border-left:.4rem solid var(--neutral);padding:.2rem 0 .3rem 1.2rem}
header.pass{border-color:var(--right)}
header.fail{border-color:var(--wrong)}
.product{font-size:.85rem;color:var(--quiet);margin-bottom:.5rem}
.lead{margin-top:.8rem;max-width:46rem}
.verdict{display:inline-block;align-self:start;white-space:nowrap;font-size:.8rem;line-height:1.5;font-weight:650;padding:0 .55em;border-radius:.3em;border:1px solid;
print-color-adjust:exact;-webkit-print-color-adjust:exact}
.verdict.pass{color:var(--right);border-color:var(--right)}
.verdict.fail{color:var(--paper);background:var(--wrong);border-color:var(--wrong)}
.failures>ul>li{padding:1rem 0;border-top:1px solid var(--rule)}
.failures>ul>li:last-child{border-bottom:1px solid var(--rule)}
.findings{margin-top:.5rem}
.findings li{display:grid;grid-template-columns:8.5rem 1fr;gap:0 1rem;padding:.15rem 0}
.findings strong{color:var(--wrong);font-weight:650;text-align:right}
.warning{color:var(--wrong);font-weight:650}
`;

const TABLES = `
table{width:100%;border-collapse:collapse;font-size:.88rem;line-height:1.4}
caption{height:0;padding:0}
th,td{text-align:left;vertical-align:top;padding:.4rem .9rem .4rem 0;font-weight:400;border-bottom:1px solid var(--rule)}
th:last-child,td:last-child{padding-right:0}
thead th{color:var(--quiet);font-size:.8rem;padding-top:0;vertical-align:bottom;border-bottom-color:var(--neutral)}
.numeric{text-align:right;white-space:nowrap}
tbody th code{display:inline-block;color:var(--quiet);font-weight:400}
tr.failed th{font-weight:600}
strong{font-weight:650}
tr.failed strong{color:var(--wrong)}
.short code{color:inherit}
.short li{white-space:nowrap}
@media (max-width:46rem){
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table,tbody{display:block}
tr{display:flex;flex-wrap:wrap;gap:.1rem 1.1rem;padding:.7rem 0;border-bottom:1px solid var(--rule)}
th,td{border:0;padding:0}
tbody th{flex:1 0 100%}
.numeric{text-align:left}
td::before{content:attr(data-heading) " ";color:var(--quiet);font-weight:400}
.short{display:inline}
.short li{white-space:normal}
.findings li{grid-template-columns:1fr;padding:.3rem 0}
.findings strong{text-align:left}
}
`;

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
.body>.findings{background:var(--tint);border-radius:.3rem;padding:.6rem 1rem .6rem 0;margin-top:1rem}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:0 3.5rem}
.repro{background:var(--panel);border-radius:.3rem;padding:.8rem 1rem;white-space:pre-wrap;overflow-wrap:anywhere}
.repro code{user-select:all;-webkit-user-select:all}
.audit{max-width:46rem}
.back{margin-top:1.2rem;font-size:.85rem}
.numbers{margin-top:.8rem;font-size:.85rem}
.numbers>summary{cursor:pointer;color:var(--quiet)}
.numbers table{margin-top:.6rem}
footer{margin-top:3.5rem;color:var(--quiet);font-size:.85rem}
footer h2{font-size:1rem;margin-bottom:.5rem}
footer dl{display:grid;grid-template-columns:8.5rem 1fr;gap:.3rem 1rem;margin:0;max-width:52rem}
footer dt{color:var(--ink)}
footer dd{margin:0}
@media (max-width:46rem){
.body{padding-left:0}
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
figcaption{margin-top:.7rem;font-size:.85rem}
.legend{display:flex;flex-wrap:wrap;gap:.1rem 1.4rem}
.legend li::before{content:"";display:inline-block;width:1em;height:.7em;margin-right:.5em;border:1.5px solid var(--neutral);print-color-adjust:exact;-webkit-print-color-adjust:exact}
.legend .right::before{background:var(--right);border-color:var(--right)}
.legend .missing::before{border-style:dashed}
.legend .wrong::before{background:var(--wrong);border-color:var(--wrong)}
`;

const PRINT = `
@page{margin:16mm 14mm}
@media print{
html{font-size:10.5pt}
body{padding:0;max-width:none}
.columns{grid-template-columns:1fr 1fr;gap:0 2.5rem}
h2,h3,h4,summary{break-after:avoid}
tr,figure,.findings li,.failures li,.repro{break-inside:avoid}
thead{display:table-header-group}
.numbers:not([open]),.back{display:none}
}
`;

/** Everything that the page needs to look right, on screen in light and dark, and on paper. */
export const STYLE: Html = new Html(PAGE + VERDICTS + TABLES + SCENARIOS + CHARTS + PRINT);
