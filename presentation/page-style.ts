/** The style that all pages of the product have in common. */
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

/** Type, colours in light and dark, the header with its verdict, and tables. */
export const PAGE_STYLE: string = PAGE + VERDICTS + TABLES;

/** How pages are printed; belongs behind every other style. */
export const PRINT_STYLE = `
@page{margin:16mm 14mm}
@media print{
html{font-size:10.5pt}
body{padding:0;max-width:none}
h2,h3,h4,summary{break-after:avoid}
tr,figure,.findings li,.failures li{break-inside:avoid}
thead{display:table-header-group}
}
`;
